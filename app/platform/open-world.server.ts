import { systemClock } from "~/platform/clock.server";
import { openDatabase } from "~/platform/db/open.server";
import { keysFrom } from "~/platform/encryption.server";
import { readEnvironment } from "~/platform/env.server";
import { createLog } from "~/platform/log.server";
import { type World } from "~/platform/world.server";

/**
 * Everything a process needs, from its environment. `migrates`: it will bring the database to the newest schema first.
 * Throws EnvironmentError when the environment is not fit.
 */
export async function openWorld(processName: string, { migrates = false } = {}): Promise<World> {
  const env = readEnvironment(process.env);
  const log = createLog({ level: env.logLevel }).child({ process: processName });
  const database = await openDatabase({
    url: env.databaseUrl,
    dataDir: env.dataDir,
    log,
    checkAfterMigration: migrates,
    watchTransactions: env.mode !== "production",
  });
  return { env, keys: keysFrom(env), log, database, clock: systemClock };
}
