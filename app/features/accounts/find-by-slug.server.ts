import { accountColumns, toAccountFacts } from "~/features/accounts/account-scope.server";
import "~/features/accounts/tables";
import { type AccountFacts, type InstallationScope } from "~/platform/scope.server";

/** The account at this address; for pages on which nobody is signed in. */
export async function findAccountBySlug(scope: InstallationScope, slug: string): Promise<AccountFacts | null> {
  const row = await scope.db.selectFrom("accounts").select(accountColumns).where("slug", "=", slug).executeTakeFirst();
  return row ? toAccountFacts(row) : null;
}
