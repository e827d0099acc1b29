import { type loadMapping, type StreamView } from "~/routes/connectors/set-up/mapping-facts.server";

/** Each column is sent with where it goes, side by side. */
export const columnName = (streamId: string) => `column:${streamId}`;
export const goesName = (streamId: string) => `goes:${streamId}`;

export type MappingView = Awaited<ReturnType<typeof loadMapping>>;
export type { StreamView };
/** Somebody wants a column to go nowhere. Sent empty, nobody has said anything of it. */
export const NOWHERE = "nowhere";
