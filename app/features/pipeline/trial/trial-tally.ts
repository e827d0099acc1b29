import { addRemarks } from "~/features/pipeline/run/remarks";
import { noCounts, type Remarks, type RunCounts } from "~/features/pipeline/run/run";
import { type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { NO_KEY } from "~/features/pipeline/corrections/correction";
import { type Change, type FieldChange, type Met, type Refusal } from "~/features/pipeline/subject";
import { CHANGES_SHOWN, REFUSALS_SHOWN, type TrialRefusal, type TrialResult } from "~/features/pipeline/trial/trial";
import { quoted } from "~/features/pipeline/stages/validate";

/** Counts what a trial comes to, and keeps the first of what it counts. */

const LONGEST_TEXT = 300;
const RUNS_NAMED = 3;

export function trialTally(describe: (change: Change) => FieldChange[]) {
  const counts: RunCounts = { ...noCounts };
  let remarks: Remarks = {};
  const changes: TrialResult["changes"] = [];
  const refusals: TrialRefusal[] = [];
  const rules = new Map<string, { rows: number; reason: string }>();
  const known = new Map<string, number>();

  /** Refused for good. */
  function refuse(line: number, why: readonly Refusal[]): void {
    counts.refused++;
    for (const rule of new Set(why.map((one) => one.rule))) {
      const before = rules.get(rule);
      if (before) before.rows++;
      else rules.set(rule, { rows: 1, reason: why.find((one) => one.rule === rule)?.reason ?? "" });
    }
    // Told once, with their number.
    if (why.some(({ rule }) => rule === NO_KEY)) return;
    if (refusals.length < 2 * REFUSALS_SHOWN) {
      refusals.push(
        ...why.map(({ column, value, reason, fits = [] }, ordinal) => ({
          ...{ line, ordinal, column, reason, fits: fits.map(({ id, name }) => ({ id, name })) },
          value: value === null ? null : quoted(value),
        })),
      );
    }
  }

  function take(line: number, outcome: Exclude<RowOutcome, { kind: "refused" }>, met: Met | null): void {
    if (outcome.kind === "new") counts.created++;
    else if (outcome.kind === "changed") counts.changed++;
    else counts.same++;
    if (outcome.kind !== "changed" || !met || changes.length >= CHANGES_SHOWN) return;
    changes.push({ line, id: met.id, name: met.name, fields: describe(outcome).map(cutChange) });
  }

  return {
    refuse,
    take,
    read: (rows: number) => (counts.read += rows),
    rows: () => counts.read,
    remark: (outcomes: readonly RowOutcome[]) => (remarks = addRemarks(remarks, outcomes)),
    know(runs: readonly { runId: string; rows: number }[]): void {
      for (const { runId, rows } of runs) known.set(runId, (known.get(runId) ?? 0) + rows);
    },
    result: (met: Pick<TrialResult, "met" | "changed" | "blanked">): TrialResult => ({
      ...{ counts, remarks, ...met },
      changes: [...changes].sort((a, b) => a.line - b.line),
      refusals: refusals.sort((a, b) => a.line - b.line || a.ordinal - b.ordinal).slice(0, REFUSALS_SHOWN),
      rules: [...rules].map(([rule, told]) => ({ rule, ...told })).sort((a, b) => b.rows - a.rows),
      known: [...known]
        .map(([runId, rows]) => ({ runId, rows }))
        .sort((a, b) => b.rows - a.rows)
        .slice(0, RUNS_NAMED),
    }),
  };
}

/** A long list is told as the text that it is. */
function cutChange({ label, before, after, list }: FieldChange): FieldChange {
  const isShort = before.length + after.length <= 2 * LONGEST_TEXT;
  return { label, before: cut(before), after: cut(after), ...(list && isShort ? { list } : {}) };
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

export type TrialTally = ReturnType<typeof trialTally>;
