/** What the scripts that work on people and accounts have in common: the server's environment, and the installation's view. */
import { existsSync } from "node:fs";
import { type Environment } from "~/platform/env.server";
import { newId } from "~/platform/ids.server";
import { openWorld } from "~/platform/open-world.server";
import { type InstallationScope } from "~/platform/scope.server";

export interface Said {
  ok: boolean;
  text: string;
}

/** Does the work, prints what it says, and ends with 1 when it was refused. */
export async function onInstallation(
  name: string,
  work: (scope: InstallationScope, env: Environment) => Promise<Said>,
): Promise<void> {
  // Variables that are set already win over the file's.
  if (existsSync(".env")) process.loadEnvFile(".env");
  const world = await openWorld(name);
  try {
    const db = world.database.forInstallation();
    const scope = { ...world, kind: "installation" as const, db, requestId: newId(), address: null };
    const { ok, text } = await work(scope, world.env);
    process.stdout.write(`${text}\n`);
    if (!ok) process.exitCode = 1;
  } finally {
    await world.database.close();
  }
}

/** Prints how the script is called, and ends it. */
export function usage(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}
