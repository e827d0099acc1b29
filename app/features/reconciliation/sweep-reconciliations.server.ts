/** What of reconciliations has had its time, and what workers that died have left of them. */
import { giveUpAbandonedAudits } from "~/features/reconciliation/audit/read-audit.server";
import { sweepComparisons } from "~/features/reconciliation/runs/sweep-comparisons.server";
import { keepComparisonPlans } from "~/features/reconciliation/schedule/plan-comparison.server";
import {
  endExpiredAudits,
  removeDeletedReconciliations,
} from "~/features/reconciliation/set-up/remove-reconciliations.server";
import { type Scope } from "~/platform/scope.server";

export async function sweepReconciliations(scope: Scope): Promise<void> {
  for (const sweepOne of [sweepComparisons, giveUpAbandonedAudits, keepComparisonPlans]) await sweepOne(scope);
  for (const sweepOne of [endExpiredAudits, removeDeletedReconciliations]) await sweepOne(scope);
}
