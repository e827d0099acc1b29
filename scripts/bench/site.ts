/** The built application on a database of its own, with somebody signed in: what the page benches ask. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ServerBuild } from "@remix-run/node";
import { type BenchOptions } from "./measure";
import { accountScope } from "~/features/accounts/account-scope.server";
import { createAccount, createUser } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { type RequestContext } from "~/http/request-context.server";
import { productionPages } from "~/http/server/production-pages.server";
import { systemClock } from "~/platform/clock.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { keysFrom } from "~/platform/encryption.server";
import { readEnvironment } from "~/platform/env.server";
import { openDatabase } from "~/platform/db/open.server";
import { newId } from "~/platform/ids.server";
import { createLog } from "~/platform/log.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { type World } from "~/platform/world.server";
import { startTestServer } from "~/testing/postgres";

export interface BenchSite {
  world: World;
  scope: Scope;
  build: ServerBuild;
  /** Asks for a page as the signed-in person. Throws unless it is there. */
  page(path: string): Promise<string>;
  /** The same page from what its loaders returned once, held in memory: components and rendering only. */
  constantPage(path: string): Promise<() => Promise<string>>;
  /** A built file by its path on the site. */
  asset(path: string): Buffer;
  close(): Promise<void>;
}

/** What the build's entry exports beside Remix's own. */
interface BuiltEntry {
  openWorld(processName: string): Promise<World>;
}

/** An empty installation on a database that nobody else uses. */
export async function openBenchWorld({ database }: Pick<BenchOptions, "database">) {
  const folder = await mkdtemp(join(tmpdir(), "tallybook-bench-"));
  const server = database === "postgres" ? await startTestServer() : null;
  const variables = {
    NODE_ENV: "production",
    DATABASE_URL: server ? `${server.url}postgres` : `file:${join(folder, "bench.sqlite")}`,
    DATA_DIR: folder,
    APP_ORIGIN: "https://bench.example",
    SECRET_KEY: randomBytes(48).toString("base64url"),
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString("base64")}`,
    LOG_LEVEL: "silent",
  };
  const env = readEnvironment(variables);
  const log = createLog({ level: env.logLevel });
  const opened = await openDatabase({ url: env.databaseUrl, dataDir: folder, log });
  await migrateToLatest(opened);
  const world: World = { env, keys: keysFrom(env), log, database: opened, clock: systemClock };
  const installation: InstallationScope = {
    ...world,
    kind: "installation",
    db: opened.forInstallation(),
    requestId: newId(),
    address: null,
  };
  const close = async () => {
    await opened.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { world, variables, installation, close };
}

/** A firm with one admin in it, as that admin sees it. */
export async function openFirm(installation: InstallationScope): Promise<Scope> {
  const made = await createAccount(installation, {
    slug: `bench-${newId().slice(-8)}`,
    name: "Hale & Partners",
    colour: 4,
    timeZone: "Europe/London",
    locale: "en-GB",
    currency: "GBP",
    phoneCountry: "GB",
  });
  const person = await createUser(installation, { name: "Ann Okafor", email: `ann-${newId()}@hale-partners.example` });
  if (!made.ok || !person.ok) throw new Error("The firm could not be made");
  const system = accountScope(installation, made.account, { user: null, role: "system" });
  await setMembership(system, { userId: person.user.id, role: "admin" });
  return accountScope(installation, made.account, { user: person.user, role: "admin" });
}

export async function openBenchSite(options: BenchOptions): Promise<BenchSite> {
  const { world, variables, installation, close } = await openBenchWorld(options);
  const scope = await openFirm(installation);
  const { token } = await startSession(installation, scope.user?.id ?? "", null);
  const cookie = (await hostCookie(world.keys, "session", {}).serialize(token)).split(";")[0] ?? "";
  const build = (await import(resolve("build/server/index.js"))) as ServerBuild;
  // The build has its own copy of every module, so its pages get a world that was opened by the same copy.
  Object.assign(process.env, variables);
  const served = await (build.entry.module as unknown as BuiltEntry).openWorld("bench");

  const asks = (from: ServerBuild) => {
    const pages = productionPages(from, resolve("build/client"));
    return async (path: string) => {
      const request = new Request(variables.APP_ORIGIN + path, { headers: { cookie } });
      const response = await pages.handle(request, requestContext(served));
      const text = await response.text();
      if (response.status !== 200)
        throw new Error(
          `${path} answered ${response.status} ${response.headers.get("Location") ?? ""}\n${text.slice(0, 500)}`,
        );
      return text;
    };
  };
  const page = asks(build);

  return {
    world,
    scope,
    build,
    page,
    async constantPage(path) {
      const kept = new Map<string, unknown>();
      await asks(
        withLoaders(build, (id, loader) => async (...given) => {
          const data: unknown = await loader(...given);
          kept.set(id, data);
          return data;
        }),
      )(path);
      const again = asks(withLoaders(build, (id) => () => Promise.resolve(kept.get(id) ?? null)));
      return () => again(path);
    },
    asset: (path) => readFileSync(join("build/client", path)),
    async close() {
      await served.database.close();
      await close();
    },
  };
}

type Loader = (...given: unknown[]) => Promise<unknown>;

function withLoaders(build: ServerBuild, change: (id: string, loader: Loader) => Loader): ServerBuild {
  const routes = Object.fromEntries(
    Object.entries(build.routes).map(([id, route]) => {
      const loader = route?.module.loader as Loader | undefined;
      if (!route || !loader) return [id, route];
      return [id, { ...route, module: { ...route.module, loader: change(id, loader) } }];
    }),
  );
  return { ...build, routes } as ServerBuild;
}

function requestContext(world: World): RequestContext {
  return {
    ...world,
    requestId: newId(),
    address: "192.0.2.10",
    cspNonce: "bench",
    responseHeaders: new Headers(),
    failure: null,
  };
}
