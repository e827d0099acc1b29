/**
 * The server in front of Remix, real and listening, over a handful of routes that a test makes up. Requests go over
 * plain sockets, so that a test can say what no browser and no `fetch` would.
 */
import { type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerBuild } from "@remix-run/node";
import * as entry from "~/entry.server";
import { providersOf } from "~/features/connectors/registry.server";
import { createApp } from "~/http/server/app.server";
import { answerBrokenRequests, createHttpServer } from "~/http/server/http-server.server";
import { productionPages } from "~/http/server/production-pages.server";
import { type Health } from "~/http/server/health.server";
import { type Clock, systemClock } from "~/platform/clock.server";
import { type DialectName } from "~/platform/db/database.server";
import { type Environment } from "~/platform/env.server";
import { createLog } from "~/platform/log.server";
import { noProviders, type ProviderSettings } from "~/platform/provider-settings.server";
import { type World } from "~/platform/world.server";
import * as root from "~/root";
import { openTestDatabase } from "~/testing/databases";
import { testKeys } from "~/testing/given";
import { type SiteRoute } from "~/testing/site-map";

export type RouteModule = ServerBuild["routes"][string] extends infer Route
  ? Route extends { module: infer Module }
    ? Partial<Module>
    : never
  : never;

/** Path (as in the site map) → module, all directly under the real root. */
export type SiteRoutes = Record<string, RouteModule>;

export interface Site {
  /** As browsers see it. */
  origin: string;
  port: number;
  world: World;
  server: Server;
  /** Every line that was logged, parsed. */
  lines: Record<string, unknown>[];
  ask(path: string, options?: AskOptions): Promise<Answer>;
  /** Writes these bytes to a connection and returns all that comes back until it is closed. */
  say(bytes: string | Buffer, options?: { endAfterMs?: number }): Promise<string>;
  close(): Promise<void>;
}

export interface AskOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Send the body in chunks, without a length. */
  chunked?: boolean;
}

export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

/** As a browser sends a form from one of our pages. */
export function formFrom(origin: string, body = "name=Folasade+Adebayo"): AskOptions {
  return {
    method: "POST",
    headers: { origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
    body,
  };
}

function underRoot(routes: SiteRoutes): SiteRoute[] {
  const modules = Object.entries(routes).map(([path, module]) => ({
    id: path,
    parentId: "root",
    path: path.replace(/^\//, ""),
    index: path === "/" || undefined,
    module,
  }));
  return [{ id: "root", path: "", module: root as RouteModule }, ...modules];
}

function buildOf(routes: readonly SiteRoute[]): ServerBuild {
  const all = Object.fromEntries(routes.map((route) => [route.id, route]));
  const manifest = Object.fromEntries(
    routes.map((route) => [
      route.id,
      { ...route, module: "/assets/none.js", hasLoader: "loader" in route.module, hasAction: "action" in route.module },
    ]),
  );
  return {
    mode: "production",
    entry: { module: entry },
    routes: all,
    assets: {
      entry: { imports: [], module: "/assets/none.js" },
      routes: manifest,
      url: "/assets/none.js",
      version: "1",
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: { v3_singleFetch: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
}

/** Every provider at a closed door of this machine: refused at once, where the real ones would be looked for. */
function nobodyHome(): ProviderSettings {
  const closed = "http://127.0.0.1:9";
  const addresses = new Map([...providersOf(noProviders).keys()].map((provider) => [provider, closed]));
  return { ...noProviders, addresses, sandboxOrigins: new Set([closed]) };
}

function environment(port: number, changes: Partial<Environment>): Environment {
  // The database is the test's own: nothing is ever written here.
  const dataDir = join(tmpdir(), "tallybook-site");
  return {
    mode: "production",
    onFly: false,
    port,
    databaseUrl: `file:${dataDir}/tallybook.sqlite`,
    dataDir,
    appOrigin: `http://localhost:${port}`,
    secretKey: "of no use here",
    encryptionKeys: [...testKeys.encryption],
    trustProxyHops: 0,
    cronSecret: null,
    mail: null,
    providers: nobodyHome(),
    logLevel: "info",
    ...changes,
  };
}

export interface SiteOptions {
  /** Made-up routes, or the real ones: `await wholeSite()`. */
  routes?: SiteRoutes | readonly SiteRoute[];
  /** SQLite unless told. */
  engine?: DialectName;
  clock?: Clock;
  env?: Partial<Environment>;
  health?: Partial<Health>;
  /** A folder of built files. */
  clientFolder?: string;
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const server = createHttpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const env = environment(port, options.env ?? {});
  const database = await openTestDatabase(options.engine ?? "sqlite");
  const world: World = { env, keys: testKeys, log, database, clock: options.clock ?? systemClock };
  const { routes = {} } = options;
  const build = buildOf(Array.isArray(routes) ? (routes as readonly SiteRoute[]) : underRoot(routes as SiteRoutes));
  const pages = productionPages(build, options.clientFolder ?? "public");
  server.on("request", createApp(world, pages, { isDraining: () => false, checks: {}, ...options.health }));
  answerBrokenRequests(server, env, log);
  return {
    origin: env.appOrigin,
    port,
    world,
    server,
    lines,
    ask: (path, ask) => askFor(port, new URL(env.appOrigin).host, path, ask),
    say: (bytes, { endAfterMs = 3_000 } = {}) => sayTo(port, bytes, endAfterMs),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

function askFor(port: number, host: string, path: string, options: AskOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length =
      options.body !== undefined && !options.chunked ? { "content-length": Buffer.byteLength(options.body) } : {};
    const asked = request(
      {
        port,
        host: "127.0.0.1",
        path,
        method: options.method ?? "GET",
        headers: { host, ...length, ...options.headers },
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          });
        });
      },
    );
    asked.on("error", reject);
    asked.end(options.body);
  });
}

function sayTo(port: number, bytes: string | Buffer, endAfterMs: number): Promise<string> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), endAfterMs);
    socket.on("data", (chunk) => heard.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(heard).toString("utf8"));
    });
  });
}
