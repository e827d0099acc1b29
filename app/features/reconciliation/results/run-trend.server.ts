import { readSummary, type RunSummary } from "~/features/reconciliation/figures/run-summary";
import "~/features/reconciliation/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface RunPoint {
  id: string;
  firstDay: string;
  lastDay: string;
  finishedAt: string;
  summary: RunSummary;
}

const MOST_RUNS = 60;

/** What the latest comparisons found, the earliest first. One statement, which reads no figures. */
export async function listRunTrend(scope: Scope, reconciliationId: string): Promise<RunPoint[]> {
  if (scope.ownOnly || !isId(reconciliationId)) return [];
  const rows = await scope.db
    .selectFrom("comparison_runs")
    .select(["id", "first_day as firstDay", "last_day as lastDay", "finished_at as finishedAt", "summary"])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("state", "=", "done")
    .orderBy("id", "desc")
    .limit(MOST_RUNS)
    .execute();
  return rows.reverse().flatMap(({ summary: kept, finishedAt, ...row }) => {
    const summary = readSummary(kept);
    return summary && finishedAt !== null ? [{ ...row, finishedAt, summary }] : [];
  });
}
