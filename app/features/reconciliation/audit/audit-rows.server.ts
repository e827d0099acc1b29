/** What an audit has taken in, beside its files: removed piece by piece, so that nobody is held up. */
import { auditOrigin } from "~/features/reconciliation/records/audit-origin";
import "~/features/reconciliation/records/tables";
import "~/features/reconciliation/tables";
import { deleteFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";

const AT_ONCE = 4_000;

/** @returns whether there is nothing left */
async function removeSome(scope: Scope, table: "orders" | "transactions", reconciliationId: string): Promise<boolean> {
  const rows = await scope.db
    .selectFrom(table)
    .select("remote_id")
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", auditOrigin(reconciliationId))
    .where("source_record_id", "is", null)
    .orderBy("remote_id")
    .limit(AT_ONCE)
    .execute();
  const last = rows.at(-1);
  if (!last) return true;
  await scope.db
    .deleteFrom(table)
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", auditOrigin(reconciliationId))
    .where("source_record_id", "is", null)
    .where("remote_id", "<=", last.remote_id)
    .execute();
  return rows.length < AT_ONCE;
}

/** `within`: what each piece is removed in. Not within a transaction. */
export async function removeAuditRows(
  scope: Scope,
  reconciliationId: string,
  within: <T>(work: (scope: Scope) => Promise<T>) => Promise<T> = (work) => work(scope),
): Promise<void> {
  for (const table of ["orders", "transactions"] as const) {
    while (!(await within((scope) => removeSome(scope, table, reconciliationId))));
  }
  await within((scope) =>
    scope.db
      .deleteFrom("audit_refusals")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .execute(),
  );
}

/** What is left of it, its files among it. In the caller's transaction. */
export async function removeAudit(scope: Scope, reconciliationId: string): Promise<void> {
  const files = await scope.db
    .deleteFrom("audit_files")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .returning("file_id")
    .execute();
  for (const { file_id: id } of files) if (id !== null) await deleteFile(scope, id);
  for (const table of ["audit_refusals", "audits"] as const) {
    await scope.db
      .deleteFrom(table)
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .execute();
  }
}
