/** When reconciliations compare by themselves: each is asked for by one job at its time, as connectors are (034). */
import { nextRunAt } from "~/features/connectors/schedule/next-run";
import { runSchedule } from "~/features/connectors/schedule/run-schedule";
import { laterOf, whenDue } from "~/features/connectors/schedule/when-due";
import { startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { hasRows } from "~/features/reconciliation/set-up/has-rows.server";
import { type OrderSource } from "~/features/reconciliation/set-up/kept-settings";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

const START_TASK = "start_comparison";

interface Planning {
  /** The next is later than this. Now, unless told. */
  after?: string;
}

/** In the transaction of whatever changes its schedule. What was asked for before finds nothing to do. */
export function planComparison(scope: Scope, id: string, { after }: Planning = {}): Promise<string | null> {
  return inTransaction(scope, async (scope) => {
    const row = await standing(scope).where("id", "=", id).$call(lockRows(scope)).executeTakeFirst();
    if (!row) return null;
    const at = nextOf(scope, row, after);
    if (at !== null || row.next_run_at !== null) await planAt(scope, id, at);
    return at;
  });
}

/** Those that are set up and there. */
function standing(scope: Scope) {
  return scope.db
    .selectFrom("reconciliations")
    .select(["id", "schedule", "next_run_at", "order_sources", "analytics_origin"])
    .where("account_id", "=", scope.account.id)
    .where("set_up_at", "is not", null)
    .where("deleted_at", "is", null);
}

type Planned = Awaited<ReturnType<ReturnType<typeof standing>["executeTakeFirstOrThrow"]>>;

const scheduleOf = ({ schedule }: Pick<Planned, "schedule">) => runSchedule.parse(fromJson(schedule));

function nextOf(scope: Scope, row: Planned, after = scope.clock.now()): string | null {
  return nextRunAt(scheduleOf(row), { after, timeZone: scope.account.timeZone });
}

async function planAt(scope: Scope, id: string, at: string | null): Promise<void> {
  await scope.db
    .updateTable("reconciliations")
    .set({ next_run_at: at })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
  if (at !== null) await askFor(scope, id, at);
}

async function askFor(scope: Scope, id: string, at: string): Promise<void> {
  const payload = { accountId: scope.account.id, reconciliationId: id };
  await enqueue(scope, START_TASK, payload, { jobKey: id, runAt: at });
}

/**
 * Starts one whose time has come, once, however many times were missed, and plans the next in the same transaction. One that
 * is still at work, or has nothing to compare, is let pass. Returns the run's id; null: none was started.
 */
export function startDueComparison(scope: Scope, id: string): Promise<string | null> {
  return inTransaction(scope, async (scope) => {
    const row = await standing(scope).where("id", "=", id).$call(lockRows(scope)).executeTakeFirst();
    if (!row?.next_run_at) return null;
    const now = scope.clock.now();
    const planned = { schedule: scheduleOf(row), dueAt: row.next_run_at };
    const due = whenDue(planned, { now, timeZone: scope.account.timeZone });
    if (due.kind === "early") await askFor(scope, id, row.next_run_at);
    if (due.kind === "quiet") await planAt(scope, id, due.until);
    if (due.kind !== "now") return null;
    const runId = await started(scope, row);
    await planComparison(scope, id, { after: laterOf(row.next_run_at, now) });
    return runId;
  });
}

async function started(scope: Scope, { id, ...row }: Planned): Promise<string | null> {
  const sources = fromJson<OrderSource[]>(row.order_sources);
  const orderOrigins = sources.flatMap(({ origin, isCompared }) => (isCompared ? [origin] : []));
  const has = await hasRows(scope, { orderOrigins, analyticsOrigin: row.analytics_origin });
  if (!has.orders || !has.transactions) return null;
  const run = await startComparison(scope, id);
  if (!run.ok) scope.log.info({ reason: run.reason }, "A comparison was due and not started");
  return run.ok ? run.runId : null;
}

/** Plans all of an account anew, e.g. since its clocks are another place's now. */
export function planAllComparisons(scope: Scope): Promise<void> {
  return inTransaction(scope, async (scope) => {
    for (const { id } of await standing(scope).orderBy("id").execute()) await planComparison(scope, id);
  });
}

/** A job that is this late was lost. */
const LATE_MS = 10 * MINUTE_MS;

/** Sees to it that what is planned comes: jobs may have been lost with a queue, and the clocks of a place been changed by law. */
export async function keepComparisonPlans(scope: Scope): Promise<void> {
  const now = scope.clock.now();
  for (const row of await standing(scope).orderBy("id").execute()) {
    const { id, next_run_at: planned } = row;
    const wanted = nextOf(scope, row);
    const isLost = planned !== null && planned < later(now, -LATE_MS) && !(await isAwaited(scope, START_TASK, id));
    if (isLost) await askFor(scope, id, now);
    else if ((wanted === null) !== (planned === null) || (planned ?? "") > (wanted ?? "")) {
      await planComparison(scope, id);
    }
  }
}
