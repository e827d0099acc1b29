/** Work that recurs. Every worker looks; each time is enqueued once, and after a downtime once however many were missed. */
import "~/platform/queue/tables";
import { Cron } from "croner";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type TaskName, type TaskPayloads } from "~/platform/queue/tasks";
import { type InstallationScope } from "~/platform/scope.server";

export type Schedule = {
  [Name in TaskName]: {
    /** Stays the same for ever: it is the entry's key. */
    name: string;
    /** Cron, five fields, in UTC. */
    pattern: string;
    task: Name;
    payload: TaskPayloads[Name];
  };
}[TaskName];

function nextAfter(pattern: string, now: string): string {
  const next = new Cron(pattern, { timezone: "UTC" }).nextRun(new Date(now));
  if (next === null) throw new Error(`The schedule ${pattern} never comes`);
  return next.toISOString();
}

/** A new entry, or one whose pattern was changed, waits for its next time. */
async function keepAppointment({ db, clock }: InstallationScope, { name, pattern }: Schedule): Promise<void> {
  const nextAt = nextAfter(pattern, clock.now());
  await db
    .insertInto("schedules")
    .values({ name, pattern, next_at: nextAt, last_at: null })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ pattern, next_at: nextAt }))
    .execute();
}

/** One conditional update decides which of several workers enqueues, in the same transaction. */
async function enqueueOnce(scope: InstallationScope, entry: Schedule, dueAt: string): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const now = scope.clock.now();
    const { numUpdatedRows } = await scope.db
      .updateTable("schedules")
      .set({ next_at: nextAfter(entry.pattern, now), last_at: now })
      .where("name", "=", entry.name)
      .where("next_at", "=", dueAt)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await enqueue(scope, entry.task, entry.payload, { jobKey: `schedule:${entry.name}` });
    return true;
  });
}

/** Enqueues what is due. Returns the names of the entries this call enqueued. */
export async function enqueueDue(scope: InstallationScope, schedules: readonly Schedule[]): Promise<string[]> {
  if (schedules.length === 0) return [];
  const known = await scope.db.selectFrom("schedules").select(["name", "pattern", "next_at"]).execute();
  const enqueued: string[] = [];
  for (const entry of schedules) {
    const row = known.find(({ name }) => name === entry.name);
    if (row?.pattern !== entry.pattern) await keepAppointment(scope, entry);
    else if (row.next_at <= scope.clock.now() && (await enqueueOnce(scope, entry, row.next_at))) {
      enqueued.push(entry.name);
    }
  }
  return enqueued;
}
