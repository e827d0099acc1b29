/** Temporary folders that do not outlive their process: removed when it ends, or by the next run if it was killed. */
import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "tallybook-run-";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A Postgres that was started in this folder outlives who started it. Its pid file says which process that is. */
async function endPostgres(folder: string): Promise<void> {
  const pidFile = await readFile(join(folder, "data", "postmaster.pid"), "utf8").catch(() => "");
  const [pid, dataDir] = pidFile.split("\n");
  if (dataDir === join(folder, "data") && isAlive(Number(pid))) process.kill(Number(pid), "SIGINT");
}

/** The name carries the pid of the process the folder was for. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length).split("-")[0]))) continue;
    const folder = join(tmpdir(), name);
    await endPostgres(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An empty folder for the life of this process; remove it earlier if you like. */
export async function makeRunFolder(): Promise<string> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
