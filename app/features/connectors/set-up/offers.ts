import { type SourceColumn, type SourceField, type Stream } from "~/features/connectors/connector";
import { type Selection } from "~/features/connectors/connector-settings";

/** What can be read of a connector's system, by stream, in the order that the system has it. */
export type Offers = Readonly<Record<string, readonly SourceField[]>>;

/** What is read where nobody has said anything yet: everything usual of every stream. */
export function usualSelection(streams: readonly Stream[], offers: Offers): Selection {
  return Object.fromEntries(
    streams.map(({ id, likelyKind }) => {
      const usual = (offers[id] ?? []).filter((field) => field.usual || field.always);
      const kind = likelyKind === undefined ? {} : { kind: likelyKind };
      return [id, { fields: usual.map((field) => field.id), start: null, ...kind }];
    }),
  );
}

/** With what cannot be left out, and in the system's order; what the system offers no longer stands at the end. */
export function completed(selection: Selection, offers: Offers): Selection {
  return Object.fromEntries(
    Object.entries(selection).map(([streamId, { fields, ...more }]) => {
      const offered = offers[streamId] ?? [];
      const chosen = new Set(fields);
      const kept = offered.filter(({ id, always }) => always || chosen.has(id)).map(({ id }) => id);
      const known = new Set(offered.map(({ id }) => id));
      return [streamId, { ...more, fields: [...kept, ...[...chosen].filter((id) => !known.has(id))] }];
    }),
  );
}

/** The columns that the chosen fields of a stream have, in the system's order: some of them belong to what stands before. */
export function chosenColumns(selection: Selection, offers: Offers, streamId: string): SourceColumn[] {
  const chosen = new Set(selection[streamId]?.fields);
  return (offers[streamId] ?? []).filter(({ id }) => chosen.has(id)).flatMap(({ columns }) => columns);
}
