/** What an import would do, told before it: the numbers, and the first of what they count. */
import { type Remarks, type RunCounts } from "~/features/pipeline/run/run";
import { type FieldChange, type FittingRecord } from "~/features/pipeline/subject";
import { type LeftOut } from "~/features/pipeline/trial/left-out";

export const trialStates = ["queued", "running", "done", "failed"] as const;
export type TrialState = (typeof trialStates)[number];

export function isTrialAtWork(state: TrialState): boolean {
  return state === "queued" || state === "running";
}

/** A row that would change a record, field by field. */
export interface TrialChange {
  line: number;
  id: string;
  name: string;
  fields: FieldChange[];
}

export interface TrialRefusal {
  line: number;
  ordinal: number;
  column: string | null;
  value: string | null;
  reason: string;
  /** The contacts that the reason names, as far as they are there. Absent in what was made before they were kept. */
  fits?: readonly FittingRecord[];
}

export interface TrialResult {
  /** As the import would count its rows. */
  counts: RunCounts;
  remarks: Remarks;
  /** Records that are there already: how many the rows are about, would be changed, and would lose something they say. */
  met: number;
  changed: number;
  blanked: number;
  /** The first of each, in the order of the file. */
  changes: TrialChange[];
  refusals: TrialRefusal[];
  /** How many rows each rule refuses, the most first, with the first reason. */
  rules: { rule: string; rows: number; reason: string }[];
  /** The runs that brought the very same rows in before, the one with most of them first. */
  known: { runId: string; rows: number }[];
  /** Absent in what was made before it was told. */
  leftOut?: LeftOut[];
}

export const CHANGES_SHOWN = 20;
export const REFUSALS_SHOWN = 20;

/** Fewer than these are changed without a question. */
export const ASKED_FROM = 20;

/** Whether an import changes, or empties, so much that it must not start by a mere press of a button. */
export function mustAsk({ met, changed }: Pick<TrialResult, "met" | "changed">, askPercent: number): boolean {
  return changed >= ASKED_FROM && changed * 100 > met * askPercent;
}

/** There is nothing in the file but blanks. */
export function isUnread({ counts }: Pick<TrialResult, "counts">): boolean {
  return counts.read === 0;
}

/** The numbers that a person confirms: with others the confirmation is worth nothing. */
export function toldNumbers({ met, changed, blanked }: Pick<TrialResult, "met" | "changed" | "blanked">): string {
  return `${changed}-${met}-${blanked}`;
}

/** "Yes, change 812 of 1,204 contacts" */
export function confirmWords(
  { met, changed, blanked }: Pick<TrialResult, "met" | "changed" | "blanked">,
  noun: { one: string; many: string },
  locale: string,
): string {
  const number = (count: number) => count.toLocaleString(locale);
  const words = `Yes, change ${number(changed)} of ${number(met)} ${met === 1 ? noun.one : noun.many}`;
  return blanked === 0 ? words : `${words}, and empty a field of ${number(blanked)} of them`;
}
