import { statfs } from "node:fs/promises";
import { pendingMigrations } from "~/platform/db/migrate.server";
import { hasLiveWorker } from "~/platform/queue/queue-health.server";
import { type World } from "~/platform/world.server";

const LEAST_FREE_SHARE = 0.1;

/** What `/readyz` asks. Each gets a second. */
export function readinessChecks(world: World): Record<string, () => Promise<boolean>> {
  const { database, env, keys } = world;
  return {
    database: async () => {
      await database.ping();
      return true;
    },
    migrations: async () => (await pendingMigrations(database)).length === 0,
    keys: () => Promise.resolve(keys.encryption.length > 0),
    disk: () => hasRoom(env.dataDir),
    worker: () => hasLiveWorker(world),
  };
}

/** Whether more than a tenth of the disk is free for an ordinary user. */
async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, blocks } = await statfs(folder);
  return blocks > 0 && bavail / blocks > LEAST_FREE_SHARE;
}
