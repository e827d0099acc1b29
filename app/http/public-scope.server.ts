/** Pages of an account for whoever has its letter or mail in hand: nobody is signed in, and no cookie is looked at. */
import { accountScope, findAccount, theSystem } from "~/features/accounts/account-scope.server";
import { type RequestContext } from "~/http/request-context.server";
import { installationScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

/** The account that a signed token names, as the system sees it. Null: there is none (any more). */
export async function publicScope(context: RequestContext, accountId: string): Promise<Scope | null> {
  const installation = installationScope(context);
  const account = await findAccount(installation, accountId);
  return account && accountScope(installation, account, theSystem);
}

/**
 * For no search engine. That no page elsewhere learns the address is every page's `Referrer-Policy: same-origin`, and that
 * nobody keeps it every page's `no-store`.
 */
export function unlisted(context: RequestContext): void {
  context.responseHeaders.set("X-Robots-Tag", "noindex, nofollow");
}
