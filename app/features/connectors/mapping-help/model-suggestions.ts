/** What a model proposes, beside what the rules suggest. Pure. */
import { type Asked } from "~/features/connectors/mapping-help/proposals.server";
import { type Suggestions } from "~/features/connectors/set-up/suggestions";

/** For each column of a stream what the model proposes for it, be it nowhere; null where it says nothing. */
export function modelSuggestions(asked: Asked | null, streamId: string, columnIds: readonly string[]): Suggestions {
  const known = new Map(
    (asked?.proposals ?? []).flatMap((one) => (one.streamId === streamId ? [[one.columnId, one] as const] : [])),
  );
  return columnIds.map((id) => {
    const found = known.get(id);
    if (!found) return null;
    const { field, confidence, why } = found;
    const proposes = field === "" ? `${asked?.host} knows no place for it` : `${asked?.host} proposes it`;
    const words = why === "" ? proposes : `${proposes}: “${quotedWithin(why)}”`;
    return { field, confidence: belowRules(confidence), claimed: confidence, why: words };
  });
}

/** Within quotation marks its own are single ones. */
const quotedWithin = (words: string) => words.replace(/“/g, "‘").replace(/”/g, "’");

/** However sure it is of itself, what the rules are sure of comes first. */
const MOST_CONFIDENT = 0.85;

function belowRules(confidence: number): number {
  return Math.min(confidence, MOST_CONFIDENT);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
