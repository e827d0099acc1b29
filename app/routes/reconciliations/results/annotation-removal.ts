import { type ActionFunctionArgs } from "@remix-run/node";
import { removeAnnotation } from "~/features/reconciliation/decisions/annotations.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "reconciliations.write");
  const { reconciliationId = "", annotationId = "" } = args.params;
  const removed = await removeAnnotation(scope, reconciliationId, annotationId);
  if (!removed.ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/reconciliations/${reconciliationId}/trend`, flash("Removed."));
}
