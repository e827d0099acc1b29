/** A worker in a process of its own, for tests that kill it: `tsx app/testing/try-worker.ts URL APP_ROLE MACHINE`. */
import { openDatabase } from "~/platform/db/open.server";
import { startQueueWorker } from "~/platform/queue/worker.server";
import { tryTasks, workerWorld } from "~/testing/try-tasks";

const [url = "", appRole, machine] = process.argv.slice(2);
const database = await openDatabase({ url, dataDir: "", log: { warn: () => {} }, appRole: appRole || undefined });
await startQueueWorker(workerWorld(database), {
  catalogue: tryTasks,
  machine: machine || undefined,
  pollMs: 50,
  beatMs: 200,
  jobs: {
    try_note: async () => undefined,
    // Says that it runs, and then never ends.
    try_wait: () => {
      process.stdout.write("running\n");
      return new Promise(() => undefined);
    },
  },
});
