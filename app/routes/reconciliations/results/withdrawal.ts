import { type ActionFunctionArgs } from "@remix-run/node";
import { withdrawDecision } from "~/features/reconciliation/decisions/decisions.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const { reconciliationId = "", decisionId = "" } = args.params;
  const withdrawn = await withdrawDecision(scope, reconciliationId, decisionId);
  if (!withdrawn.ok) return notFound();
  const here = `/${scope.account.slug}/reconciliations/${reconciliationId}`;
  const { orderKey, rowId } = withdrawn;
  const path = orderKey === null ? `rows/${encodeURIComponent(rowId ?? "")}` : `orders/${encodeURIComponent(orderKey)}`;
  return redirectTo(args, `${here}/${path}`, flash("Withdrawn. It counts from the next comparison on."));
}
