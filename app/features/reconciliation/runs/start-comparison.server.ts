/** Asks for a comparison, and asks one to stop. */
import { recordEvent } from "~/features/audit/audit.server";
import { say } from "~/features/reconciliation/runs/open-comparison.server";
import { type Days, type RunSettings } from "~/features/reconciliation/runs/run-settings";
import { type KeptSettings, type OrderSource } from "~/features/reconciliation/set-up/kept-settings";
import { endSetUp, lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn, isDate } from "~/platform/time";

export const COMPARISON_TASK = "compare_orders";
/** One at a time in an account: each holds all that it compares in memory. */
const QUEUE = "comparison";
/** With the queue's back-off half an hour: by then an outage is over, or a person should look. */
const ATTEMPTS = 8;

/** `at-work`: one is under way, or waits. `no-days`: the start day is still to come, or they are none. */
export type Started = { ok: true; runId: string } | { ok: false; reason: "not-found" | "at-work" | "no-days" };

/** All days from the start day until today, or some of them. */
export function startComparison(scope: Scope, reconciliationId: string, wanted: Partial<Days> = {}): Promise<Started> {
  return inTransaction(scope, async (scope): Promise<Started> => {
    const row = isId(reconciliationId) ? await lockReconciliation(scope, reconciliationId) : undefined;
    if (!row) return { ok: false, reason: "not-found" };
    if (await isAtWork(scope, reconciliationId)) return { ok: false, reason: "at-work" };
    const kept = fromJson<KeptSettings>(row.settings);
    const days = daysOf(kept, wanted, scope.clock.now());
    if (!isDate(days.firstDay) || !isDate(days.lastDay) || days.firstDay > days.lastDay)
      return { ok: false, reason: "no-days" };
    const settings: RunSettings = {
      ...{ kept, analyticsOrigin: row.analytics_origin },
      sources: fromJson<OrderSource[]>(row.order_sources)
        .map(({ origin, isCompared }, place) => ({ place, origin, isCompared }))
        .flatMap(({ isCompared, ...source }) => (isCompared ? [source] : [])),
    };
    const runId = newId();
    await scope.db
      .insertInto("comparison_runs")
      .values({
        ...{ account_id: scope.account.id, id: runId, reconciliation_id: reconciliationId, state: "queued" },
        ...{ first_day: days.firstDay, last_day: days.lastDay, settings: toJson({ ...settings }) },
        ...{ asked_at: scope.clock.now(), asked_by: scope.user?.id ?? null },
      })
      .execute();
    await endSetUp(scope, reconciliationId);
    const payload = { accountId: scope.account.id, runId };
    await enqueue(scope, COMPARISON_TASK, payload, { jobKey: runId, queueName: QUEUE, maxAttempts: ATTEMPTS });
    await recordEvent(scope, { action: "comparison.asked", subject: { reconciliationId, runId } });
    return { ok: true, runId };
  });
}

function daysOf({ startDay, timeZone }: KeptSettings, { firstDay, lastDay }: Partial<Days>, now: string): Days {
  const today = dateIn(timeZone, now);
  return {
    firstDay: firstDay === undefined || firstDay < startDay ? startDay : firstDay,
    lastDay: lastDay === undefined || lastDay > today ? today : lastDay,
  };
}

async function isAtWork(scope: Scope, reconciliationId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  return run !== undefined;
}

/** One that has not begun stops at once, another where it stands: what it has found until then is thrown away. */
export function cancelComparison(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    if (!isId(runId)) return { ok: false };
    const now = scope.clock.now();
    const run = await scope.db
      .updateTable("comparison_runs")
      .set({ cancel_requested_at: now, cancel_requested_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "in", ["queued", "running"])
      .where("cancel_requested_at", "is", null)
      .returning(["state", "reconciliation_id"])
      .executeTakeFirst();
    if (!run) return { ok: false };
    await say(scope, runId, `${scope.user?.name ?? "Tallybook"} asked to cancel.`);
    if (run.state === "queued") {
      await scope.db
        .updateTable("comparison_runs")
        .set({ state: "cancelled", finished_at: now })
        .where("account_id", "=", scope.account.id)
        .where("id", "=", runId)
        .execute();
    }
    await recordEvent(scope, {
      action: "comparison.cancelled",
      subject: { reconciliationId: run.reconciliation_id, runId },
    });
    return { ok: true };
  });
}
