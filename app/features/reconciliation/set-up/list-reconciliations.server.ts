import { readSummary, type RunSummary } from "~/features/reconciliation/figures/run-summary";
import { type OrderSource } from "~/features/reconciliation/set-up/kept-settings";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface ReconciliationLine {
  id: string;
  name: string;
  /** Of those that are compared. */
  orderOrigins: string[];
  analyticsOrigin: string;
  isSetUp: boolean;
  nextRunAt: string | null;
  /** Of a quick audit that nobody has saved. */
  expiresAt: string | null;
  /** However it ended, or is at work. */
  lastRun: { id: string; state: RunState; at: string } | null;
  /** Of the last one that came to its end. */
  result: (RunSummary & { firstDay: string; lastDay: string }) | null;
}

export type RunState = "queued" | "running" | "done" | "failed" | "cancelled";

/** An agency has some hundred shops; a list that nobody could read ends here. */
const MOST = 500;

/** By name. One statement, which reads no figures. */
export async function listReconciliations(scope: Scope): Promise<ReconciliationLine[]> {
  if (scope.ownOnly) return [];
  const rows = await linesOf(scope);
  return rows
    .map(({ order_sources, summary, last_id, last_state, ...row }) => ({
      ...{ id: row.id, name: row.name, analyticsOrigin: row.analytics_origin, nextRunAt: row.next_run_at },
      expiresAt: row.expires_at,
      orderOrigins: fromJson<OrderSource[]>(order_sources).flatMap(({ origin, isCompared }) =>
        isCompared ? [origin] : [],
      ),
      isSetUp: row.set_up_at !== null,
      lastRun:
        last_id && last_state ? { id: last_id, state: last_state, at: row.finished_at ?? row.asked_at ?? "" } : null,
      result: resultOf(readSummary(summary), row),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, scope.place.locale) || (one.id < other.id ? -1 : 1));
}

function linesOf(scope: Scope) {
  return (
    scope.db
      .selectFrom("reconciliations as one")
      .leftJoin("comparison_runs as last", (join) =>
        join
          .onRef("last.account_id", "=", "one.account_id")
          .on("last.id", "=", (eb) =>
            eb
              .selectFrom("comparison_runs as newest")
              .select("newest.id")
              .where("newest.account_id", "=", scope.account.id)
              .whereRef("newest.reconciliation_id", "=", "one.id")
              .orderBy("newest.id", "desc")
              .limit(1),
          ),
      )
      .leftJoin("comparison_runs as done", (join) =>
        join
          .onRef("done.account_id", "=", "one.account_id")
          .on("done.id", "=", (eb) =>
            eb
              .selectFrom("comparison_runs as ended")
              .select("ended.id")
              .where("ended.account_id", "=", scope.account.id)
              .whereRef("ended.reconciliation_id", "=", "one.id")
              .where("ended.state", "=", "done")
              .orderBy("ended.id", "desc")
              .limit(1),
          ),
      )
      .select([
        "one.id",
        "one.name",
        "one.order_sources",
        "one.analytics_origin",
        "one.set_up_at",
        "one.next_run_at",
        "one.expires_at",
      ])
      .select(["last.id as last_id", "last.state as last_state", "last.asked_at", "last.finished_at"])
      .select(["done.summary", "done.first_day", "done.last_day"])
      .where("one.account_id", "=", scope.account.id)
      .where("one.deleted_at", "is", null)
      // An audit is listed once it is compared.
      .where((eb) => eb.or([eb("one.expires_at", "is", null), eb("one.set_up_at", "is not", null)]))
      .orderBy("one.id")
      .limit(MOST)
      .execute()
  );
}

function resultOf(summary: RunSummary | null, days: { first_day: string | null; last_day: string | null }) {
  if (!summary || days.first_day === null || days.last_day === null) return null;
  return { ...summary, firstDay: days.first_day, lastDay: days.last_day };
}
