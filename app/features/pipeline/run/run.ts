/** A run is one execution of the pipeline: the import of a file, or the reading of a connector. */

export const runStates = ["draft", "queued", "running", "done", "attention", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

/**
 * How much a run of a connector takes: all there is; what changed since; what was refused, once more; or what waited for
 * an answer that was given since.
 */
export type RunMode = "whole" | "changes" | "refused" | "answer";

/** `follow`: what the source takes away goes here, too; `leave`: it stays here as it is. */
export type Answer = "follow" | "leave";

/** Every row that was read is in exactly one of the other four. */
export interface RunCounts {
  read: number;
  created: number;
  changed: number;
  same: number;
  refused: number;
}

export const noCounts: RunCounts = { read: 0, created: 0, changed: 0, same: 0, refused: 0 };

/** How far a run has come: written in the same transaction as what it describes. */
export interface Checkpoint {
  /**
   * `reading` goes through the source once. Then `second-look` goes over the rows for which two records fitted, until
   * none finds its place any more: by then everything else is in, so that the order of rows decides nothing.
   */
  phase: "reading" | "second-look";
  /** Reading: how many rows are behind it. Second look: the position of the last row looked at. */
  after: number;
  /** Second look: how many rows found their place in this pass. */
  placed: number;
  /** What there is to say of rows that were taken. Absent in what was written before there were remarks. */
  remarks?: Remarks;
}

/** By the remark's name: how many rows it is true of, and the one record they are, or null for several. */
export type Remarks = Record<string, { rows: number; subjectId: string | null }>;

export const atTheStart: Checkpoint = { phase: "reading", after: 0, placed: 0 };

export function isAtWork(state: RunState): boolean {
  return state === "queued" || state === "running";
}

export function isOver(state: RunState): boolean {
  return state !== "draft" && !isAtWork(state);
}

/** The counts as one sentence for the log and for notices. */
export function countsSentence({ read, created, changed, same, refused }: RunCounts, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  return `${number(read)} read: ${number(created)} new, ${number(changed)} changed, ${number(same)} the same, ${number(refused)} refused.`;
}

/** What a run that ended early has left behind, in a sentence. `gone`: records of a connector. */
export function storedSentence(counts: RunCounts & { gone?: number }, locale: string): string {
  const { created, changed, same, gone = 0 } = counts;
  const number = (count: number) => count.toLocaleString(locale);
  if (created + changed + same === 0) {
    if (gone === 0) return "Nothing was stored.";
    return `${gone === 1 ? "1 record was" : `${number(gone)} records were`} taken away until then, and that stays so.`;
  }
  if (created + changed + gone === 0)
    return `Nothing was changed: ${same === 1 ? "1 was" : `${number(same)} were`} the same as before.`;
  const went = gone === 0 ? "" : `, ${number(gone)} gone`;
  return `Stored until then, and kept: ${number(created)} new, ${number(changed)} changed, ${number(same)} the same${went}.`;
}

interface OnTheWay {
  counts: RunCounts;
  /** What the source says there is. */
  total: number | null;
  connector: { mode: RunMode; gone: number; taking: { done: number; of: number } | null } | null;
}

/** How many of what a run works off are behind it, of how many; null: nobody knows. */
export function howFar({ counts, total, connector }: OnTheWay): { done: number; total: number | null } {
  if (connector?.taking) return { done: connector.taking.done, total: connector.taking.of };
  // What waited for an answer is taken in, or goes.
  if (connector?.mode === "answer") return { done: counts.read + connector.gone, total: null };
  return { done: counts.read, total };
}

/** Rows a second since the start, and the time left at that rate; null while there is nothing to go by. */
export function pace(done: number, total: number | null, elapsedMs: number) {
  if (done === 0 || elapsedMs < 1_000) return null;
  const perSecond = (done * 1_000) / elapsedMs;
  return { perSecond, leftMs: total === null ? null : Math.max(0, (total - done) / perSecond) * 1_000 };
}
