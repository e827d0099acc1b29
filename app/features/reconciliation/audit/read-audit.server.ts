/**
 * Takes the rows of an audit's two files in as orders and transactions of its own, and asks for their comparison. From the
 * beginning each time a worker takes it up; only the last one to do so can write.
 */
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { storedSource } from "~/features/pipeline/files/source.server";
import { fetchBatches } from "~/features/pipeline/stages/fetch.server";
import { auditSides, type AuditSide } from "~/features/reconciliation/audit/audit-file";
import { AUDIT_TASK } from "~/features/reconciliation/audit/ask-to-read.server";
import { removeAuditRows } from "~/features/reconciliation/audit/audit-rows.server";
import { type Audit, findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { readerOf, type TakenRow } from "~/features/reconciliation/audit/read-row.server";
import { auditKinds, daysTaken } from "~/features/reconciliation/audit/taken-days.server";
import { auditOrigin } from "~/features/reconciliation/records/audit-origin";
import { loadRecords } from "~/features/reconciliation/records/load-records.server";
import { startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import { usualRules } from "~/features/pipeline/subject-rules";
import "~/features/reconciliation/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

/** Another worker has taken it up meanwhile, or it was deleted: whatever this one was about to write is rolled back. */
class AuditTakenError extends Error {
  override name = "AuditTakenError";
}

interface OpenAudit extends Audit {
  epoch: number;
}

/** Throws what is a bug or an outage. */
export async function readAudit(scope: Scope, reconciliationId: string, signal: AbortSignal): Promise<void> {
  const epoch = await takeUp(scope, reconciliationId);
  const audit = epoch === null ? null : await findAudit(scope, reconciliationId);
  if (!audit || epoch === null) return;
  const open = { ...audit, epoch };
  try {
    await removeAuditRows(scope, reconciliationId, (work) => fenced(scope, open, work));
    for (const side of auditSides) await takeIn(scope, open, side, signal);
    await compareThem(scope, open);
  } catch (error) {
    if (error instanceof AuditTakenError)
      return scope.log.warn({ event: "audit.taken" }, "Left the audit to another worker");
    if (error instanceof FileProblem) return fail(scope, open, { problem: error.message });
    throw error;
  }
}

async function takeUp(scope: Scope, reconciliationId: string): Promise<number | null> {
  const row = await scope.db
    .updateTable("audits")
    .set((eb) => ({ state: "reading", lease_epoch: eb("lease_epoch", "+", 1) }))
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("state", "in", ["queued", "reading"])
    .returning("lease_epoch")
    .executeTakeFirst();
  return row?.lease_epoch ?? null;
}

/** @throws AuditTakenError when it is no longer this worker's, or was deleted */
function fenced<T>(scope: Scope, { id, epoch }: OpenAudit, work: (scope: Scope) => Promise<T>): Promise<T> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockReconciliation(scope, id))) throw new AuditTakenError("The audit was deleted");
    const row = await scope.db
      .selectFrom("audits")
      .select("state")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", id)
      .where("lease_epoch", "=", epoch)
      .where("state", "=", "reading")
      .executeTakeFirst();
    if (!row) throw new AuditTakenError("Another worker has taken this audit up");
    return work(scope);
  });
}

async function takeIn(scope: Scope, open: OpenAudit, side: AuditSide, signal: AbortSignal): Promise<void> {
  const file = open.files[side];
  if (!file?.fileId) throw new FileProblem("One of the two files is no longer kept. Choose both again.");
  const read = readerOf(side, file.settings, { timeZone: scope.account.timeZone });
  const counts = { row_count: 0, refused_count: 0 };
  for await (const { rows } of fetchBatches(storedSource(scope, file.fileId), file.settings.reading, { after: 0 })) {
    signal.throwIfAborted();
    const taken = rows.map(read);
    await fenced(scope, open, async (scope) => {
      counts.row_count += rows.length;
      counts.refused_count += await write(scope, { open, side, before: counts.refused_count }, taken);
      await sayHowFar(scope, { id: open.id, side }, counts);
    });
  }
}

interface Place {
  open: OpenAudit;
  side: AuditSide;
  /** Refused so far. */
  before: number;
}

/** @returns how many were refused */
async function write(scope: Scope, { open, side, before }: Place, taken: readonly TakenRow[]): Promise<number> {
  const fit = taken.flatMap((row) => (row.ok ? [row] : []));
  const load = {
    ...{ runId: open.id, observedAt: scope.clock.now(), startedBy: null, rules: usualRules },
    rows: fit.map(({ row }) => row),
    earlierRows: () => Promise.resolve([]),
  };
  const { outcomes } = await loadRecords(scope, auditKinds[side], load, auditOrigin(open.id));
  const became = new Map(fit.map(({ line }, place) => [line, outcomes[place]]));
  const refused = taken.flatMap((row) => {
    const outcome = became.get(row.line);
    const refusals = row.ok ? (outcome?.kind === "refused" ? outcome.refusals : []) : row.refusals;
    const [first] = refusals;
    if (!first) return [];
    const reason = refusals.map((each) => each.reason).join(" ");
    return [{ line: row.line, column_name: first.column, value: first.value, reason }];
  });
  const ours = { account_id: scope.account.id, reconciliation_id: open.id, side };
  const rows = refused.map((row, place) => ({ ...ours, position: before + place + 1, ...row }));
  for (const some of rowChunks(rows)) await scope.db.insertInto("audit_refusals").values(some).execute();
  return refused.length;
}

async function sayHowFar(
  scope: Scope,
  { id, side }: { id: string; side: AuditSide },
  counts: { row_count: number; refused_count: number },
): Promise<void> {
  await scope.db
    .updateTable("audit_files")
    .set(counts)
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", id)
    .where("side", "=", side)
    .execute();
}

/** With the word that all is read: nobody sees the one without the other. */
async function compareThem(scope: Scope, open: OpenAudit): Promise<void> {
  const problem = await fenced(scope, open, async (scope) => {
    const days = await daysTaken(scope, open.id);
    if (!days.ok) return days.problem;
    const row = await lockReconciliation(scope, open.id);
    const kept = fromJson<KeptSettings>(row?.settings ?? "");
    await scope.db
      .updateTable("reconciliations")
      .set({ settings: toJson({ ...kept, startDay: days.firstDay }) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", open.id)
      .execute();
    const started = await startComparison(scope, open.id, { firstDay: days.firstDay, lastDay: days.lastDay });
    if (!started.ok) return "All its days are still to come. Check how its days are written.";
    await setState(scope, open, { state: "done" });
    return null;
  });
  if (problem !== null) await fail(scope, open, { problem });
}

interface Ended {
  state: "done" | "failed";
  problem?: string;
  problem_reference?: string;
}

async function setState(scope: Scope, { id, epoch }: OpenAudit, ended: Ended): Promise<void> {
  await scope.db
    .updateTable("audits")
    .set(ended)
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", id)
    .where("lease_epoch", "=", epoch)
    .where("state", "=", "reading")
    .execute();
}

/** What was refused stays to be looked at. */
function fail(scope: Scope, open: OpenAudit, problem: { problem: string; problem_reference?: string }): Promise<void> {
  return setState(scope, open, { state: "failed", ...problem });
}

const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Ends one that was tried as often as it should be. */
export async function giveUpAudit(scope: Scope, reconciliationId: string): Promise<void> {
  const epoch = await takeUp(scope, reconciliationId);
  const audit = epoch === null ? null : await findAudit(scope, reconciliationId);
  if (!audit || epoch === null) return;
  await fail(scope, { ...audit, epoch }, { problem: OUR_FAULT, problem_reference: scope.requestId });
}

/** Gives up what counts as being read while no job will ever go on with it. Not within a transaction. */
export async function giveUpAbandonedAudits(scope: Scope): Promise<void> {
  const audits = await scope.db
    .selectFrom("audits")
    .select("reconciliation_id")
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "reading"])
    .execute();
  for (const { reconciliation_id: id } of audits) {
    if (!(await isAwaited(scope, AUDIT_TASK, id))) await giveUpAudit(scope, id);
  }
}
