import { tasks } from "./catalogue";
import { jobFiles } from "./job-files";
import { schedules } from "./schedule";
import { tidyMachine } from "~/composition.server";
import { pendingMigrations } from "~/platform/db/migrate.server";
import { startQueueWorker, type Worker } from "~/platform/queue/worker.server";
import { type World } from "~/platform/world.server";

/**
 * Runs background work until it is stopped. Refuses to start on a database that is not migrated, and when the
 * catalogue and the files of jobs do not agree.
 */
export async function startWorker(world: World): Promise<Worker> {
  const pending = await pendingMigrations(world.database);
  if (pending.length > 0) throw new Error(`The database lacks migrations: ${pending.join(", ")}`);
  await tidyMachine(world.env);
  return startQueueWorker(world, { catalogue: tasks, jobs: jobFiles, schedules });
}
