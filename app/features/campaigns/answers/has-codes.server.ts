import "~/features/campaigns/tables";
import { type Scope } from "~/platform/scope.server";

/** Whether any letter of this account carries a code: without one it has no page to type it on. */
export async function hasCodes(scope: Scope): Promise<boolean> {
  const row = await scope.db
    .selectFrom("recipients")
    .select("code")
    .where("account_id", "=", scope.account.id)
    .where("code", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
