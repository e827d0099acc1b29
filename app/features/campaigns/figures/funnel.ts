/** What became of a campaign's list, in parts that add up: nobody is in two of them, nobody in none. */
import { type Response } from "~/features/campaigns/campaign";
import { type Delivery, failedBy, reachedBy } from "~/features/campaigns/delivery";
import { type LeftOut, leftOutReasons } from "~/features/campaigns/recipients/left-out";

/** How many of a list stand alike. */
export interface Tally {
  leftOut: LeftOut | null;
  delivery: Delivery;
  response: Response;
  /** A plain date. */
  respondedOn: string | null;
  count: number;
  /** Of their conversions together, in minor units. */
  valueMinor: bigint;
}

/** Where somebody on the list stands. `left-out`: and nothing was tried; `under-way`: tried, and how it ends is open. */
export const parts = ["left-out", "to-come", "under-way", "reached", "failed", "unknown"] as const;
export type Part = (typeof parts)[number];

const isOneOf = (some: readonly Delivery[], delivery: Delivery) => some.includes(delivery);

/** Whoever was tried is counted by what came of it, also where they were left out afterwards. */
export function partOf({ leftOut, delivery }: Pick<Tally, "leftOut" | "delivery">): Part {
  if (delivery === "none") return leftOut === null ? "to-come" : "left-out";
  if (isOneOf(reachedBy, delivery)) return "reached";
  if (isOneOf(failedBy, delivery)) return "failed";
  return delivery === "unknown" ? "unknown" : "under-way";
}

/** These four make up all of whom they are counted. */
export interface Answers {
  pending: number;
  /** Answered, and nothing more came of it. */
  responded: number;
  converted: number;
  notInterested: number;
}

export interface Funnel {
  /** All on the list: the sum of `parts`. */
  listed: number;
  parts: Record<Part, number>;
  /** Reasons of those in the part `left-out`, the most first. */
  leftOut: { reason: LeftOut; count: number }[];
  /** All but those left out or still to come. */
  tried: number;
  /** Of those in the part `reached`. */
  reached: Answers;
  /** Of everybody else on the list. */
  unreached: Answers;
  /** Of all conversions. */
  valueMinor: bigint;
}

const noAnswers = (): Answers => ({ pending: 0, responded: 0, converted: 0, notInterested: 0 });
const answerNames: Record<Response, keyof Answers> = {
  pending: "pending",
  responded: "responded",
  converted: "converted",
  "not-interested": "notInterested",
};

export function funnelOf(tallies: readonly Tally[]): Funnel {
  const counted: Record<Part, number> = {
    ...{ "left-out": 0, "to-come": 0, "under-way": 0 },
    ...{ reached: 0, failed: 0, unknown: 0 },
  };
  const [reached, unreached] = [noAnswers(), noAnswers()];
  const reasons = new Map<LeftOut, number>();
  let [listed, valueMinor] = [0, 0n];
  for (const { count, ...tally } of tallies) {
    const part = partOf(tally);
    listed += count;
    counted[part] += count;
    (part === "reached" ? reached : unreached)[answerNames[tally.response]] += count;
    valueMinor += tally.valueMinor;
    if (part === "left-out" && tally.leftOut) reasons.set(tally.leftOut, (reasons.get(tally.leftOut) ?? 0) + count);
  }
  const tried = listed - counted["left-out"] - counted["to-come"];
  const leftOut = leftOutReasons
    .map((reason) => ({ reason, count: reasons.get(reason) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return { listed, parts: counted, leftOut, tried, reached, unreached, valueMinor };
}

/** Who responded counts whoever converted, never who is not interested. */
export function responded({ responded, converted }: Answers): number {
  return responded + converted;
}

/** Whoever said anything. */
export function answered(answers: Answers): number {
  return responded(answers) + answers.notInterested;
}
