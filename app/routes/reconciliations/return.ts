import { type ActionFunctionArgs } from "@remix-run/node";
import { bringBackReconciliation } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { reconciliationsPath } from "~/routes/reconciliations/paths";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const back = await bringBackReconciliation(scope, args.params.reconciliationId ?? "");
  if (!back.ok) return notFound();
  return redirectTo(args, reconciliationsPath(scope.account.slug), flash(`${back.name} is back.`));
}
