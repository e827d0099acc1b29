import { type ActionFunctionArgs } from "@remix-run/node";
import { removeLogo } from "~/features/accounts/logo.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export const loader = methodNotAllowed;

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const removed = await removeLogo(scope);
  const message = removed ? "The logo is removed." : "There was no logo any more.";
  return redirectTo(args, `/${scope.account.slug}/settings`, flash(message));
}
