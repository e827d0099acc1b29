/** What has been read of a property, as it is kept between two readings. */
import { type DaysRead, type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { type Doubt, type Property } from "~/features/connectors/providers/ga4/day-report";

/** Where the next reading of changes begins. Days are plain dates of the property's zone. */
export interface Since extends Property {
  from: string;
  through: string;
  /** By day: why it may not be all there was. */
  doubts: Readonly<Record<string, readonly Doubt[]>>;
  /** What may still be asked, as Google said last. */
  quota: JsonObject;
}

/** Null: it is none of ours. */
export function sinceIn(kept: Json): Since | null {
  if (!isObject(kept)) return null;
  const { from, through, zone, currency, doubts, quota } = kept;
  const texts = [from, through, zone, currency].every((text) => typeof text === "string");
  return texts && isObject(doubts) && isObject(quota) ? (kept as unknown as Since) : null;
}

const words: Readonly<Record<Doubt, string>> = {
  lumped: "Google Analytics put some transactions together under “(other)”.",
  "held-back": "Google Analytics held back what too few people did.",
  sample: "Google Analytics counted only a sample.",
  "broke-off": "Google Analytics announced more transactions than it gave.",
  moved: "Transactions came in while the day was read.",
  "not-over": "The day was not over when it was read.",
};

export function daysRead(kept: Json): DaysRead | null {
  const since = sinceIn(kept);
  if (!since) return null;
  const { zone, currency, from, through, doubts, quota } = since;
  const said = Object.entries(doubts).map(([day, some]) => [day, some.map((doubt) => words[doubt])] as const);
  return { timeZone: zone, from, through, incomplete: Object.fromEntries(said), facts: { currency, quota } };
}
