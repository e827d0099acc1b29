import { type ActionFunctionArgs } from "@remix-run/node";
import { testModel } from "~/features/connectors/mapping-help/model-settings.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/** Tries whether the model answers, and says in words what is wrong. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const problem = await testModel(scope, { env: args.context.env, signal: args.request.signal });
  const message = problem === null ? flash("The model answers.") : warning(problem);
  return redirectTo(args, `/${scope.account.slug}/settings/model`, message);
}
