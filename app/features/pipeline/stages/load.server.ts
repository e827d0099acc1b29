import { addEntries } from "~/features/changes/changes.server";
import { loadOnce, type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { advance, type OpenRun } from "~/features/pipeline/run/open-run.server";
import { type PreparedRow, prepareRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type Correction } from "~/features/pipeline/corrections/correction";
import { addRemarks } from "~/features/pipeline/run/remarks";
import { keepRaw, listSame, markRaw, markTakenUp } from "~/features/pipeline/stages/raw.server";
import { keepRefusals, dropRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { type Checkpoint, noCounts, type RunCounts } from "~/features/pipeline/run/run";
import { rulesOf } from "~/features/pipeline/rules/rules";
import { ledgerOf } from "~/features/pipeline/corrections/taken-rows.server";
import { type LoadOutcome } from "~/features/pipeline/subject";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

interface Batch {
  rows: readonly PreparedRow[];
  checkpoint: Checkpoint;
  /** See `RunLimits`. */
  mayGoOn?: (scope: Scope) => Promise<void>;
}

/**
 * The load stage: one transaction writes a batch's raw records, canonical records, what is computed from them, change
 * entries, refusals, counts and the checkpoint. A worker that dies leaves all of it or nothing.
 */
export function loadBatch(scope: Scope, run: OpenRun, { rows, checkpoint, mayGoOn }: Batch): Promise<OpenRun> {
  return inTransaction(scope, async (scope) => {
    await mayGoOn?.(scope);
    const outcomes = await loadOnce(scope, loadingOnce(scope, run, rows));
    const told = rows.map(({ raw }, index) => ({ raw, outcome: outcomes[index] as RowOutcome }));
    await keepRaw(scope, run.id, told);
    await keepRefusals(scope, run, told);
    const remarks = addRemarks(run.checkpoint.remarks, outcomes);
    return advance(scope, run, { added: counted(outcomes), checkpoint: { ...checkpoint, remarks } });
  });
}

/** Rows that were refused, looked at again: those that find their place now are refused no longer. */
export function loadAgain(scope: Scope, run: OpenRun, { rows, checkpoint, mayGoOn }: Batch): Promise<OpenRun> {
  return inTransaction(scope, async (scope) => {
    await mayGoOn?.(scope);
    const outcomes = await loadOnce(scope, loadingOnce(scope, run, rows));
    const placed = rows.flatMap(({ raw }, index) => {
      const outcome = outcomes[index] as RowOutcome;
      return outcome.kind === "refused" ? [] : [{ raw, outcome }];
    });
    for (const { raw, outcome } of placed) await markRaw(scope, raw.rawRecordId, outcome);
    await dropRefusals(
      scope,
      run.id,
      placed.map(({ raw }) => raw.position),
    );
    const { created, changed, same } = counted(outcomes);
    const remarks = addRemarks(run.checkpoint.remarks, outcomes);
    return advance(scope, run, {
      added: { created, changed, same, refused: -placed.length },
      checkpoint: { ...checkpoint, remarks, placed: checkpoint.placed + placed.length },
    });
  });
}

function loadingOnce(scope: Scope, run: OpenRun, rows: readonly PreparedRow[]) {
  return {
    run,
    rows,
    correction: run.settings.correction,
    ledgerOf: ({ runId }: Correction) => ledgerOf(scope, run, runId),
    loadRows: (some: readonly PreparedRow[]) => loadRows(scope, run, some),
  };
}

async function loadRows(scope: Scope, run: OpenRun, rows: readonly PreparedRow[]): Promise<LoadOutcome[]> {
  const valid = rows.flatMap((prepared) => (prepared.ok ? [prepared.row] : []));
  const { outcomes, takenUp } =
    valid.length === 0
      ? { outcomes: [], takenUp: [] }
      : await run.subject.load(scope, {
          runId: run.id,
          observedAt: run.startedAt,
          startedBy: run.startedBy,
          rules: rulesOf(run.subject, run.settings),
          rows: valid,
          earlierRows: (subjectIds) => earlierRows(scope, run, subjectIds),
        });
  await markTakenUp(scope, takenUp);
  const entries = outcomes.flatMap((outcome, index) =>
    outcome.kind === "new" || outcome.kind === "changed"
      ? [
          {
            position: valid[index]?.position ?? 0,
            subjectKind: run.subject.kind,
            subjectId: outcome.subjectId,
            before: outcome.before,
            after: outcome.after,
          },
        ]
      : [],
  );
  await addEntries(scope, run.changeSetId, entries);
  let next = 0;
  return rows.map((prepared) =>
    prepared.ok ? (outcomes[next++] as LoadOutcome) : { kind: "refused", refusals: prepared.refusals },
  );
}

async function earlierRows(scope: Scope, run: OpenRun, subjectIds: readonly string[]) {
  const same = await listSame(scope, run.id, subjectIds);
  return same.flatMap(({ subjectId, raw }) => {
    const prepared = prepareRow(raw, run);
    return prepared.ok ? [{ subjectId, row: prepared.row }] : [];
  });
}

function counted(outcomes: readonly RowOutcome[]): RunCounts {
  const counts = { ...noCounts, read: outcomes.length };
  for (const { kind } of outcomes) {
    if (kind === "new") counts.created++;
    else if (kind === "kept" || kind === "before" || kind === "left") counts.same++;
    else counts[kind]++;
  }
  return counts;
}
