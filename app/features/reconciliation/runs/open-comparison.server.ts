/** A run of a comparison that a worker has taken up. Only the last one to take it up can write (fencing by `lease_epoch`). */
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import { type FindingsTable } from "~/features/reconciliation/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface OpenComparison {
  id: string;
  reconciliationId: string;
  settings: RunSettings;
  firstDay: string;
  lastDay: string;
  /** The instant that all of it goes by, whoever takes it up again. */
  startedAt: string;
  epoch: number;
}

/** Another worker has taken the run up meanwhile, or it has ended: whatever this one was about to write is rolled back. */
export class ComparisonTakenError extends Error {
  override name = "ComparisonTakenError";
}

/** Somebody wants it to stop. */
export class ComparisonCancelled extends Error {
  override name = "ComparisonCancelled";
}

/** Null when there is nothing left to do. It begins anew each time: what an earlier worker has found is not gone by. */
export async function openComparison(scope: Scope, runId: string): Promise<OpenComparison | null> {
  const now = scope.clock.now();
  const row = await scope.db
    .updateTable("comparison_runs")
    .set((eb) => ({
      ...{ state: "running", phase: "waiting", order_count: 0, row_count: 0, finding_count: 0 },
      lease_epoch: eb("lease_epoch", "+", 1),
      started_at: eb.fn.coalesce("started_at", eb.val(now)),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "in", ["queued", "running"])
    .returning(["reconciliation_id", "settings", "first_day", "last_day", "started_at", "lease_epoch"])
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...{ id: runId, reconciliationId: row.reconciliation_id, settings: fromJson<RunSettings>(row.settings) },
    ...{ firstDay: row.first_day, lastDay: row.last_day },
    ...{ startedAt: row.started_at ?? now, epoch: row.lease_epoch },
  };
}

export type Progress = Partial<{
  phase: "transactions" | "orders" | "comparing" | "writing";
  order_count: number;
  row_count: number;
  finding_count: number;
}>;

/**
 * Says how far it is, in the transaction of what it describes.
 * @throws ComparisonTakenError when it is no longer this worker's, ComparisonCancelled when somebody wants it to stop.
 */
export async function advance(scope: Scope, run: OpenComparison, progress: Progress): Promise<void> {
  if (await isToStop(scope, run, progress)) throw new ComparisonCancelled("Somebody wants it to stop");
}

async function isToStop(scope: Scope, run: OpenComparison, progress: Progress): Promise<boolean> {
  const row = await scope.db
    .updateTable("comparison_runs")
    .set({ state: "running", ...progress })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.id)
    .where("lease_epoch", "=", run.epoch)
    .where("state", "=", "running")
    .returning("cancel_requested_at")
    .executeTakeFirst();
  if (!row) throw new ComparisonTakenError("Another worker has taken this comparison up");
  return row.cancel_requested_at !== null;
}

/** Adds sentences to its log. */
export async function say(scope: Scope, runId: string, ...sentences: readonly string[]): Promise<void> {
  const at = scope.clock.now();
  await scope.db
    .insertInto("comparison_log")
    .values(sentences.map((text) => ({ account_id: scope.account.id, run_id: runId, id: newId(), at, text })))
    .execute();
}

/** As many as a transaction writes, and holds everybody else up for. */
const FINDINGS_AT_ONCE = 4_000;

export type NewFinding = Omit<FindingsTable, "account_id" | "run_id" | "position">;

/** Writes findings as they come, in batches of a transaction each. @returns how many there were. */
export async function writeFindings(
  scope: Scope,
  run: OpenComparison,
  { findings, signal }: { findings: Iterable<NewFinding>; signal: AbortSignal },
): Promise<number> {
  let written = 0;
  let batch: FindingsTable[] = [];
  const put = async () => {
    signal.throwIfAborted();
    await inTransaction(scope, async (scope) => {
      await advance(scope, run, { phase: "writing", finding_count: written });
      for (const rows of rowChunks(batch)) await scope.db.insertInto("findings").values(rows).execute();
    });
    batch = [];
  };
  for (const finding of findings) {
    written += 1;
    batch.push({ account_id: scope.account.id, run_id: run.id, position: written, ...finding });
    if (batch.length === FINDINGS_AT_ONCE) await put();
  }
  await put();
  return written;
}

/** Those that this or an earlier worker has left; while it is the worker's own, though it is to stop. */
export async function removeFindings(scope: Scope, run: OpenComparison): Promise<void> {
  const { last } = await scope.db
    .selectFrom("findings")
    .select((eb) => eb.fn.max<number | null>("position").as("last"))
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", run.id)
    .executeTakeFirstOrThrow();
  for (let from = 1; from <= (last ?? 0); from += FINDINGS_AT_ONCE) {
    await inTransaction(scope, async (scope) => {
      await isToStop(scope, run, {});
      await scope.db
        .deleteFrom("findings")
        .where("account_id", "=", scope.account.id)
        .where("run_id", "=", run.id)
        .where("position", ">=", from)
        .where("position", "<", from + FINDINGS_AT_ONCE)
        .execute();
    });
  }
}
