import { nextRunAt } from "~/features/connectors/schedule/next-run";
import { runSchedule } from "~/features/connectors/schedule/run-schedule";
import { whenDue } from "~/features/connectors/schedule/when-due";
import "~/features/connectors/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

const START_TASK = "start_due";

export interface Planning {
  /** The next is later than this: what was due then has been done. Now, unless told. */
  after?: string;
}

/**
 * Writes down when a connector runs next, and asks for it, by how it stands now: only one that is on runs by itself. To
 * be called in the transaction of whatever changes its state or its schedule. What was asked for before finds nothing to do.
 */
export function planNext(scope: Scope, connectorId: string, { after }: Planning = {}): Promise<string | null> {
  return inTransaction(scope, async (scope) => {
    const connector = await scope.db
      .selectFrom("connectors")
      .select(["state", "schedule", "next_run_at", "deleted_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!connector) return null;
    const isOn = connector.state === "on" && connector.deleted_at === null;
    const at = isOn ? nextOf(scope, connector.schedule, after) : null;
    if (at !== null || connector.next_run_at !== null) await planAt(scope, connectorId, at);
    return at;
  });
}

function nextOf(scope: Scope, schedule: string, after = scope.clock.now()): string | null {
  const { timeZone } = scope.account;
  return nextRunAt(runSchedule.parse(fromJson(schedule)), { after, timeZone });
}

async function planAt(scope: Scope, connectorId: string, at: string | null): Promise<void> {
  await scope.db
    .updateTable("connectors")
    .set({ next_run_at: at })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
  if (at !== null) await askFor(scope, connectorId, at);
}

async function askFor(scope: Scope, connectorId: string, at: string): Promise<void> {
  await enqueue(scope, START_TASK, { accountId: scope.account.id, connectorId }, { jobKey: connectorId, runAt: at });
}

/**
 * Whether it is time: a connector of which this is said is to be started, once, and planned anew, in the same transaction,
 * however many times were missed. Where quiet hours have begun meanwhile it waits for their end.
 */
export async function isTime(
  scope: Scope,
  connector: { id: string; state: string; schedule: string; next_run_at: string | null },
): Promise<boolean> {
  const { id, state, schedule, next_run_at: dueAt } = connector;
  if (state !== "on" || dueAt === null) return false;
  const planned = { schedule: runSchedule.parse(fromJson(schedule)), dueAt };
  const due = whenDue(planned, { now: scope.clock.now(), timeZone: scope.account.timeZone });
  if (due.kind === "early") await askFor(scope, id, dueAt);
  if (due.kind === "quiet") await planAt(scope, id, due.until);
  return due.kind === "now";
}

/** Plans all of an account anew, e.g. since its clocks are another place's now. */
export function planAll(scope: Scope): Promise<void> {
  return inTransaction(scope, async (scope) => {
    for (const { id } of await listOn(scope)) await planNext(scope, id);
  });
}

/** A job that is this late was lost. */
const LATE_MS = 10 * MINUTE_MS;

/** Sees to it that what is on comes: jobs may have been lost with a queue, and the clocks of a place been changed by law. */
export async function keepPlans(scope: Scope): Promise<void> {
  const now = scope.clock.now();
  for (const { id, schedule, next_run_at: planned } of await listOn(scope)) {
    const wanted = nextOf(scope, schedule);
    const isLost = planned !== null && planned < later(now, -LATE_MS) && !(await isAwaited(scope, START_TASK, id));
    if (isLost) await askFor(scope, id, now);
    else if ((wanted === null) !== (planned === null) || (planned ?? "") > (wanted ?? "")) await planNext(scope, id);
  }
}

function listOn(scope: Scope) {
  return scope.db
    .selectFrom("connectors")
    .select(["id", "schedule", "next_run_at"])
    .where("account_id", "=", scope.account.id)
    .where("state", "=", "on")
    .where("deleted_at", "is", null)
    .orderBy("id")
    .execute();
}
