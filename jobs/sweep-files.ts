import "~/features/accounts/tables";
import "~/features/contacts/export/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Every column that names a file of an account. */
export const fileColumns = ["accounts.logo_file_id", "exports.file_id", "runs.file_id"] as const;

/**
 * Removes files that were completed before this instant and that nothing names: of uploads that were killed while the
 * file was looked at. Returns how many.
 */
export async function sweepUnclaimedFiles(scope: Scope, completedBefore: string): Promise<number> {
  const { id } = scope.account;
  const { numDeletedRows } = await scope.db
    .deleteFrom("files")
    .where("files.account_id", "=", id)
    .where("files.completed_at", "<", completedBefore)
    .where(({ and, exists, not, selectFrom }) => {
      const logo = selectFrom("accounts").select("accounts.account_id").where("accounts.account_id", "=", id);
      const exported = selectFrom("exports").select("exports.id").where("exports.account_id", "=", id);
      const imported = selectFrom("runs").select("runs.id").where("runs.account_id", "=", id);
      return and([
        not(exists(logo.whereRef("accounts.logo_file_id", "=", "files.id"))),
        not(exists(exported.whereRef("exports.file_id", "=", "files.id"))),
        not(exists(imported.whereRef("runs.file_id", "=", "files.id"))),
      ]);
    })
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
