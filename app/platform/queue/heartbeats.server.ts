/** The sign of life that each worker leaves, and what happens to those who leave none any more. */
import "~/platform/queue/tables";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { type Clock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { freeJobsOf, holdersWithoutHeartbeat } from "~/platform/queue/locks.server";
import { later } from "~/platform/time";

export interface WorkerFacts {
  id: string;
  machine: string;
  pid: number;
}

/** Where a process id means something: two containers of one machine count their own. */
export function thisMachine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    // No Linux, hence no containers either.
    return hostname();
  }
}

/** Says that this worker lives. The first time it also says who it is. */
export async function beat({ unguarded: db }: Database, worker: WorkerFacts, now: string): Promise<void> {
  await db
    .insertInto("heartbeats")
    .values({ id: worker.id, machine: worker.machine, pid: worker.pid, started_at: now, beat_at: now })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ beat_at: now }))
    .execute();
}

/** A worker's end: whatever it still holds is free, and nobody waits for it. */
export async function bury(database: Database, workerIds: readonly string[]): Promise<void> {
  if (workerIds.length === 0) return;
  await freeJobsOf(database, workerIds);
  await database.unguarded.deleteFrom("heartbeats").where("id", "in", workerIds).execute();
}

/** Signal 0 only asks. Not allowed to signal it: then it is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Frees the jobs of workers without a heartbeat for `deadAfterMs`, and at once those of workers of this machine whose
 * process is gone. Returns their ids. Any worker may do this at any time, several at once too.
 */
export async function buryTheDead(
  database: Database,
  self: WorkerFacts,
  { clock, deadAfterMs }: { clock: Clock; deadAfterMs: number },
): Promise<string[]> {
  const deadline = later(clock.now(), -deadAfterMs);
  const others = await database.unguarded
    .selectFrom("heartbeats")
    .select(["id", "machine", "pid", "beat_at"])
    .where("id", "!=", self.id)
    .execute();
  // A process id like ours is a former life of this container, or another worker of this very process (in tests).
  const isGone = (other: (typeof others)[number]) =>
    other.machine === self.machine && other.pid !== self.pid && !isRunning(other.pid);
  const dead = others.filter((other) => other.beat_at < deadline || isGone(other)).map((other) => other.id);
  const unknown = (await holdersWithoutHeartbeat(database, deadline)).filter((holder) => holder !== self.id);
  const ids = [...new Set([...dead, ...unknown])];
  await bury(database, ids);
  return ids;
}
