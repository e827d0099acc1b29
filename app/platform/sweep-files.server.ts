/** Takes away the files that are of no use to anybody: what an upload or a crash left. */
import { type Expression, type ExpressionBuilder } from "kysely";
import { type Tables } from "~/platform/db/tables";
import "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";

/** Removes what was begun before this instant and never completed. Returns how many. */
export async function sweepUnfinishedFiles(scope: Scope, begunBefore: string): Promise<number> {
  const { numDeletedRows } = await scope.db
    .deleteFrom("files")
    .where("account_id", "=", scope.account.id)
    .where("completed_at", "is", null)
    .where("created_at", "<", begunBefore)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** A column that names a file of an account: whoever has one offers this, and its files stay. */
export interface FileClaim {
  /** E.g. `accounts.logo_file_id`. */
  column: string;
  /** The rows of the account that name the file. */
  rows(eb: ExpressionBuilder<Tables, "files">, accountId: string): Expression<unknown>;
}

/**
 * Removes files that were completed before this instant and that nothing names: of uploads that were killed while the
 * file was looked at. `claims` are all that there are. Returns how many.
 */
export async function sweepUnclaimedFiles(
  scope: Scope,
  claims: readonly FileClaim[],
  completedBefore: string,
): Promise<number> {
  const { id } = scope.account;
  const { numDeletedRows } = await scope.db
    .deleteFrom("files")
    .where("files.account_id", "=", id)
    .where("files.completed_at", "<", completedBefore)
    .where((eb) => eb.and(claims.map((claim) => eb.not(eb.exists(claim.rows(eb, id))))))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
