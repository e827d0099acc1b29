import { type ActionFunctionArgs } from "@remix-run/node";
import { removeOwnRule } from "~/features/pipeline/own-rules/own-rules.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { ruleId = "" } = args.params;
  if (!isId(ruleId) || !(await removeOwnRule(scope, ruleId)).ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/settings/import-rules`, flash("Removed."));
}
