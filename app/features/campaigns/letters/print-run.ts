/** A run of printing: letters, labels or a file for somebody else to print from, made in the background. Its words; pure. */
import { dateIn } from "~/platform/time";
import { z } from "zod";
import { type LetterLayoutId, letterLayouts, usualLayout } from "~/features/campaigns/letters/letter-layout";
import { type LabelId, labelFormats } from "~/features/contacts/print/post-formats";

export type PrintKind = "letters" | "labels" | "merge-csv" | "merge-xlsx";
/** `not-printed`: nobody gets two. `all`: also who has had theirs. */
export type PrintWho = "not-printed" | "all" | "one";
/** `ready`: the file is there. `marking`: those of it are being marked as printed. */
export type PrintState = "waiting" | "running" | "ready" | "marking" | "printed" | "discarded" | "failed";

/** As long as it is in one of these, its letters are in no other file. */
export const openStates = ["waiting", "running", "ready", "marking"] as const satisfies readonly PrintState[];

export const kindWords: Record<PrintKind, string> = {
  letters: "Letters",
  labels: "Address labels",
  "merge-csv": "Mail-merge file, CSV",
  "merge-xlsx": "Mail-merge file, Excel",
};

export const stateWords: Record<PrintState, string> = {
  waiting: "Being made",
  running: "Being made",
  ready: "Ready",
  marking: "Being marked as printed",
  printed: "Printed",
  discarded: "Thrown away",
  failed: "Failed",
};

const layoutIds = Object.keys(letterLayouts) as [LetterLayoutId, ...LetterLayoutId[]];
const labelIds = Object.keys(labelFormats) as [LabelId, ...LabelId[]];

export const printOptions = z.object({
  layout: z.enum(layoutIds).optional(),
  sheet: z.enum(labelIds).optional(),
  /** The first label that is still on the sheet, from 1. */
  start: z.number().int().min(1).optional(),
});
export type PrintOptions = z.infer<typeof printOptions>;

/** Labels stick on letters that are printed elsewhere: they say nothing of whether those are. */
export function claims({ kind, who }: { kind: PrintKind; who: PrintWho }): boolean {
  return kind !== "labels" && who !== "all";
}

export function layoutOf({ layout }: PrintOptions, country: string): LetterLayoutId {
  return layout ?? usualLayout(country);
}

/** The sheet that is in most drawers. */
export function usualSheet(country: string): LabelId {
  return country === "US" || country === "CA" ? "us5160" : "l7160";
}

export interface PrintRun {
  id: string;
  campaignId: string;
  kind: PrintKind;
  state: PrintState;
  who: PrintWho;
  options: PrintOptions;
  askedAt: string;
  askedBy: string;
  letters: number;
  /** Of whom the last check said that nobody writes to them any more. */
  leftOut: number;
  fileId: string | null;
  endedAt: string | null;
  endedBy: string | null;
  changeSetId: string | null;
  problem: string | null;
  problemReference: string | null;
}

export function isAtWork(state: PrintState): boolean {
  return state === "waiting" || state === "running" || state === "marking";
}

export const fileKinds: Record<PrintKind, { ending: string; mediaType: string }> = {
  letters: { ending: "pdf", mediaType: "application/pdf" },
  labels: { ending: "pdf", mediaType: "application/pdf" },
  "merge-csv": { ending: "csv", mediaType: "text/csv; charset=utf-8" },
  "merge-xlsx": { ending: "xlsx", mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

/** What a file has in it. */
export function contentOf(kind: PrintKind): "letters" | "labels" | "addresses" {
  return kind === "letters" || kind === "labels" ? kind : "addresses";
}

/** "Spring review, letters 2026-05-04.pdf" */
export function printFileName(
  { kind, askedAt }: Pick<PrintRun, "kind" | "askedAt">,
  { campaign, timeZone }: { campaign: string; timeZone: string },
): string {
  return `${campaign}, ${contentOf(kind)} ${dateIn(timeZone, askedAt)}.${fileKinds[kind].ending}`;
}

export function countedLetters(count: number, locale: string): string {
  return count === 1 ? "1 letter" : `${count.toLocaleString(locale)} letters`;
}
