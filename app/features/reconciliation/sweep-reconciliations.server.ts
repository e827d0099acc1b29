/** What of reconciliations has had its time, and what workers that died have left of them. */
import { sweepComparisons } from "~/features/reconciliation/runs/sweep-comparisons.server";
import { keepComparisonPlans } from "~/features/reconciliation/schedule/plan-comparison.server";
import { removeDeletedReconciliations } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { type Scope } from "~/platform/scope.server";

export async function sweepReconciliations(scope: Scope): Promise<void> {
  for (const sweepOne of [sweepComparisons, keepComparisonPlans, removeDeletedReconciliations]) await sweepOne(scope);
}
