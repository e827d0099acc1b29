import { findAccountBySlug } from "~/features/accounts/find-by-slug.server";
import { hasCodes } from "~/features/campaigns/answers/has-codes.server";
import { notFound } from "~/http/answers.server";
import { publicScope, unlisted } from "~/http/public-scope.server";
import { type RequestContext } from "~/http/request-context.server";
import { installationScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

/** The account whose letters carry codes; any other is not there. */
export async function openCodes(context: RequestContext, slug = ""): Promise<Scope> {
  unlisted(context);
  const account = await findAccountBySlug(installationScope(context), slug);
  const scope = account && (await publicScope(context, account.id));
  return scope && (await hasCodes(scope)) ? scope : notFound();
}
