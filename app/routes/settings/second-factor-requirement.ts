import { type ActionFunctionArgs } from "@remix-run/node";
import { requireSecondFactor } from "~/features/accounts/settings.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export const loader = methodNotAllowed;

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { changed } = await requireSecondFactor(scope);
  const message = "Everybody needs a second factor from now on. Who has none is asked to set one up.";
  const back = `/${scope.account.slug}/settings/access`;
  return redirectTo(args, back, flash(changed ? message : "Nothing was changed."));
}
