/** A catalogue, and a world, for tests of the queue itself. */
import { createSecretKey, randomBytes } from "node:crypto";
import { z } from "zod";
import { type Clock, systemClock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { type Keys } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { createLog } from "~/platform/log.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type WorkerWorld } from "~/platform/queue/perform.server";
import { id } from "~/platform/queue/tasks";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { bareScope } from "~/testing/given-tables";

export const tryTasks = {
  try_note: z.object({ noteId: id }),
  try_wait: z.object({ seconds: z.int() }),
};

declare module "~/platform/queue/tasks" {
  interface TaskPayloads {
    try_note: z.infer<typeof tryTasks.try_note>;
    try_wait: z.infer<typeof tryTasks.try_wait>;
  }
}

const keys: Keys = {
  master: createSecretKey(randomBytes(32)),
  encryption: [{ kid: "k1", key: createSecretKey(randomBytes(32)) }],
};

const env = { appOrigin: "https://ledger.brandt.example", mail: null, providers: noProviders };

export function workerWorld(database: Database): WorkerWorld {
  return { database, clock: systemClock, log: createLog({ level: "silent" }), keys, env };
}

export function installationOf(database: Database, clock: Clock = systemClock): InstallationScope {
  const world = { ...workerWorld(database), clock };
  return { ...world, kind: "installation", db: database.forInstallation(), requestId: newId(), address: null };
}

/** An account that has no row: the queue asks for none. */
export function accountOf(database: Database): Scope {
  const { kind: _kind, db: _db, ...base } = installationOf(database);
  return { ...bareScope(database, newId()), ...base };
}

/** Resolves once `condition` holds; throws after `patienceMs`. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 20_000): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("It did not come about in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
