import { type ShownState } from "~/features/connectors/connector-state";
import { WAITS_FOR_ANSWER } from "~/features/pipeline/run/import-words";
import { type OpenRecords } from "~/features/pipeline/zones/open-records.server";
import { type SourceState } from "~/features/pipeline/sourced/source-state";

/** How a connector stands, and the look of it. */
export const standings: Record<ShownState, { word: string; look: "queued" | "done" | "attention" }> = {
  "setting-up": { word: "Being set up", look: "queued" },
  on: { word: "On", look: "done" },
  paused: { word: "Paused", look: "queued" },
  disconnected: { word: "Disconnected", look: "queued" },
  "needs-reconnecting": { word: "Needs reconnecting", look: "attention" },
  asking: { word: WAITS_FOR_ANSWER, look: "attention" },
};

/** How a record at a source stands here. */
export const recordStandings: Record<SourceState, string> = {
  standing: "as at the source",
  left: "kept out by the rules",
  refused: "refused",
  held: "held for an answer",
  going: "gone there, held for an answer",
  gone: "gone there",
  kept: "kept as it was",
};

/** "3 refused, 2 held"; "" for nothing. */
export function openWords({ refused, held, going }: OpenRecords, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  return [
    refused > 0 ? `${number(refused)} refused` : "",
    held > 0 ? `${number(held)} held for an answer` : "",
    going > 0 ? `${number(going)} gone there, held for an answer` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
