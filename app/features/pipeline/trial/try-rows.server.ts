import { loadOnce, type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { type PreparedRow } from "~/features/pipeline/stages/prepare-rows.server";
import {
  type AnySubject,
  type CanonicalRow,
  type LoadOutcome,
  type Met,
  type Refusal,
  type RehearsedLoad,
} from "~/features/pipeline/subject";
import { type RunToRehearse } from "~/features/pipeline/trial/rehearse-run.server";
import { trialLedger } from "~/features/pipeline/trial/trial-ledger.server";
import { type TrialNotes } from "~/features/pipeline/trial/trial-notes.server";
import { type TrialTally } from "~/features/pipeline/trial/trial-tally";
import { type Scope } from "~/platform/scope.server";

/** A batch of a trial's rows. */

export interface Trial {
  scope: Scope;
  subject: AnySubject;
  run: RunToRehearse;
  notes: TrialNotes;
  tally: TrialTally;
  load: (rows: readonly CanonicalRow<unknown>[]) => Promise<RehearsedLoad>;
  together: <Result>(work: () => Result) => Result;
}

interface Tried {
  outcomes: RowOutcome[];
  /** Which imports brought these very rows in before. */
  known: RehearsedLoad["known"];
}

type OnRefused = (row: PreparedRow, refusals: Refusal[]) => void;

/** Loads rows as the import would, each corrected one once; counts what became of them. */
export async function tryOnce(trial: Trial, rows: readonly PreparedRow[], onRefused: OnRefused): Promise<Tried> {
  const { scope, run, notes } = trial;
  const known: RehearsedLoad["known"] = [];
  const met = new Map<number, Met>();
  const outcomes = await loadOnce(scope, {
    run,
    rows,
    correction: run.settings.correction,
    ledgerOf: ({ runId }) => trialLedger(scope, runId, notes),
    loadRows: async (some) => {
      const valid = some.flatMap((row) => (row.ok ? [row.row] : []));
      const loaded = valid.length > 0 ? await trial.load(valid) : nothingLoaded;
      known.push(...loaded.known);
      trial.together(() => loaded.takenUp.forEach(notes.dropSame));
      loaded.met.forEach((who, index) => who && met.set(valid[index]?.position ?? 0, who));
      const found = loaded.outcomes.values();
      return some.map((row): LoadOutcome => {
        return row.ok ? (found.next().value as LoadOutcome) : { kind: "refused", refusals: row.refusals };
      });
    },
  });
  note(trial, rows, { outcomes, met, onRefused });
  return { outcomes, known };
}

const nothingLoaded: RehearsedLoad = { outcomes: [], takenUp: [], met: [], known: [] };

interface Noting {
  outcomes: readonly RowOutcome[];
  /** By the row's position. */
  met: ReadonlyMap<number, Met>;
  onRefused: OnRefused;
}

/** Counts what became of rows, and keeps those that later ones may call up again. */
function note(
  { notes, tally, together }: Trial,
  rows: readonly PreparedRow[],
  { outcomes, met, onRefused }: Noting,
): void {
  tally.remark(outcomes);
  together(() => {
    rows.forEach((row, index) => {
      const outcome = outcomes[index] as RowOutcome;
      if (outcome.kind === "refused") return onRefused(row, outcome.refusals);
      const { position } = row.raw;
      const who = met.get(position) ?? null;
      tally.take(position, outcome, who);
      if (outcome.kind === "same" && row.ok) notes.keepSame(outcome.subjectId, row.row);
      if (who) notes.meet(who, outcome.kind === "changed");
    });
  });
}
