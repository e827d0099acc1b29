/**
 * The one program. Without an argument it is the parent: it migrates, then runs web and worker as children. `web` and
 * `worker` are one of the two by itself, for machines of their own on Postgres.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ServerBuild } from "@remix-run/node";
import { startWorker } from "./jobs/worker";
import type * as Entry from "~/entry.server";
import { createHttpServer } from "~/http/server/http-server.server";
import { type Pages } from "~/http/server/pages.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { EnvironmentError, readEnvironment } from "~/platform/env.server";
import { openWorld } from "~/platform/open-world.server";
import { endsByDraining } from "~/platform/process/drain.server";
import { type ChildSpec, supervise } from "~/platform/process/supervisor.server";

/** What `app/entry.server.tsx` exports beside Remix's own: the web server, so that it shares the application's modules. */
const entryOf = (build: ServerBuild) => build.entry.module as unknown as typeof Entry;

// Variables that are set already win over the file's.
if (existsSync(".env")) process.loadEnvFile(".env");

const isDevelopment = process.env.NODE_ENV === "development";

async function runParent(): Promise<void> {
  const world = await openWorld("parent", { migrates: true });
  const names = await migrateToLatest(world.database);
  if (names.length > 0) world.log.info({ names }, "Migrated the database");
  await world.database.close();
  const supervisor = supervise(world.log, [childSpec("web"), childSpec("worker")]);
  endsByDraining(world.log, () => supervisor.stop());
}

function childSpec(name: "web" | "worker"): ChildSpec {
  const program = process.argv[1] ?? "server.ts";
  // The web process watches its own modules (Vite does); the worker is watched for.
  if (isDevelopment && name === "worker") {
    return {
      name,
      arguments: [join("node_modules", "tsx", "dist", "cli.mjs"), "watch", "--clear-screen=false", program, name],
    };
  }
  return { name, arguments: [...process.execArgv, program, name] };
}

async function runWeb(): Promise<void> {
  readEnvironment(process.env);
  const server = createHttpServer();
  if (isDevelopment) {
    const { developmentPages } = await import("~/http/server/development-pages.server");
    const { pages, build, onOwnChange } = await developmentPages(server);
    onOwnChange(await entryOf(build).startWeb(server, pages));
    return;
  }
  const folder = import.meta.dirname;
  const build = (await import(join(folder, "server", "index.js"))) as ServerBuild;
  const { startWeb, productionPages } = entryOf(build);
  await startWeb(server, productionPages(build, join(folder, "client")) satisfies Pages);
}

async function runWorker(): Promise<void> {
  const world = await openWorld("worker");
  const worker = await startWorker(world);
  const end = endsByDraining(world.log, async () => {
    await worker.stop();
    await world.database.close();
  });
  worker.failed.catch((error: unknown) => {
    world.log.fatal({ error }, "The worker can not go on");
    end(1, "the worker failed");
  });
}

const roles: Record<string, () => Promise<void>> = { web: runWeb, worker: runWorker };

(roles[process.argv[2] ?? ""] ?? runParent)().catch((error: unknown) => {
  // Before there is a log: a person started this and reads what is wrong.
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
});
