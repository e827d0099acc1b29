/** Asks for the two files of an audit to be read and compared, and keeps an audit for good. */
import { recordEvent } from "~/features/audit/audit.server";
import { isReady } from "~/features/reconciliation/audit/audit-file";
import { type Audit, findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile } from "~/platform/files.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export const AUDIT_TASK = "read_audit";
/** With comparisons: what is read here is compared next. */
const QUEUE = "comparison";
const ATTEMPTS = 8;

/** `not-ready`: a file is missing, or something has to be said of one. `at-work`: it is being read or compared. */
export type Asked = { ok: true } | { ok: false; reason: "not-found" | "not-ready" | "at-work" };

export function askToRead(scope: Scope, reconciliationId: string): Promise<Asked> {
  return inTransaction(scope, async (scope): Promise<Asked> => {
    if (!(await lockReconciliation(scope, reconciliationId))) return { ok: false, reason: "not-found" };
    const audit = await findAudit(scope, reconciliationId);
    if (!audit) return { ok: false, reason: "not-found" };
    if (!canBeRead(audit)) return { ok: false, reason: "not-ready" };
    if (await isAtWork(scope, audit)) return { ok: false, reason: "at-work" };
    await scope.db
      .updateTable("audits")
      .set({ state: "queued", problem: null, problem_reference: null })
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .execute();
    await scope.db
      .updateTable("reconciliations")
      .set({ name: nameOf(audit) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", reconciliationId)
      .where("expires_at", "is not", null)
      .execute();
    const payload = { accountId: scope.account.id, reconciliationId };
    await enqueue(scope, AUDIT_TASK, payload, { jobKey: reconciliationId, queueName: QUEUE, maxAttempts: ATTEMPTS });
    await recordEvent(scope, { action: "audit.asked", subject: { reconciliationId } });
    return { ok: true };
  });
}

function canBeRead({ files: { orders, transactions } }: Audit): boolean {
  if (!orders?.fileId || !transactions?.fileId) return false;
  return isReady("orders", orders.settings) && isReady("transactions", transactions.settings);
}

async function isAtWork(scope: Scope, { id, state }: Audit): Promise<boolean> {
  if (state === "queued" || state === "reading") return true;
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", id)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  return run !== undefined;
}

const LONGEST_NAME = 100;

function nameOf({ files: { orders, transactions } }: Audit): string {
  return `${orders?.name ?? ""} against ${transactions?.name ?? ""}`.slice(0, LONGEST_NAME);
}

/** It stays, with what was read; the files themselves, in which customers may stand, are not needed any more. */
export function keepAudit(scope: Scope, reconciliationId: string): Promise<Asked> {
  return inTransaction(scope, async (scope): Promise<Asked> => {
    if (!(await lockReconciliation(scope, reconciliationId))) return { ok: false, reason: "not-found" };
    const audit = await findAudit(scope, reconciliationId);
    if (!audit) return { ok: false, reason: "not-found" };
    if (audit.expiresAt === null) return { ok: true };
    if (audit.state !== "done") return { ok: false, reason: "not-ready" };
    await scope.db
      .updateTable("reconciliations")
      .set({ expires_at: null, changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", reconciliationId)
      .execute();
    await dropFiles(scope, reconciliationId);
    await recordEvent(scope, { action: "audit.kept", subject: { reconciliationId } });
    return { ok: true };
  });
}

async function dropFiles(scope: Scope, reconciliationId: string): Promise<void> {
  const files = await scope.db
    .selectFrom("audit_files")
    .select("file_id")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .execute();
  await scope.db
    .updateTable("audit_files")
    .set({ file_id: null })
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .execute();
  for (const { file_id: id } of files) if (id !== null) await deleteFile(scope, id);
}
