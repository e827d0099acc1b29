import { type Right } from "~/features/accounts/rights";
import { findReconciliation, type Reconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { reconciliationPath } from "~/routes/reconciliations/paths";

export interface OneReconciliation {
  scope: Scope;
  reconciliation: Reconciliation;
  /** Its page. */
  base: string;
}

/** That of the address; one that is deleted, or another account's, is not there. */
export async function requireReconciliation(
  args: RouteArgs,
  right: Extract<Right, `reconciliations.${string}`>,
): Promise<OneReconciliation> {
  const scope = await requireScope(args, right);
  const reconciliation = (await findReconciliation(scope, args.params.reconciliationId ?? "")) ?? notFound();
  return { scope, reconciliation, base: reconciliationPath(scope.account.slug, reconciliation.id) };
}
