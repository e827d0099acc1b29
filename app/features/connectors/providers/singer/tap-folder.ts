/**
 * The private folder of a tap that runs: its configuration with the account's secrets, and its home. It goes when the tap
 * ends, also with us; what a process left behind that was killed is found by the next one.
 */
import { readFileSync, rmSync } from "node:fs";
import { lstat, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whose it is stands in its name: the process, and when that began, since numbers of processes come again. */
const named = /^tallybook-tap-(\d+)-(\d+)-/;

const mine = new Set<string>();
let endsWithUs = false;

/** Its owner alone may look into it: `mkdtemp` makes it so (0700). */
export async function makeTapFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tallybook-tap-${process.pid}-${beginning(process.pid) ?? 0}-`));
  mine.add(folder);
  if (!endsWithUs) process.on("exit", removeAtExit);
  endsWithUs = true;
  return folder;
}

export async function removeTapFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  mine.delete(folder);
}

function removeAtExit(): void {
  for (const folder of mine) rmSync(folder, { recursive: true, force: true });
}

/** Removes folders whose process is no more, and ends the taps that were left running in them. */
export async function sweepTapFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid, began] = named.exec(name) ?? [];
    if (pid === undefined || began === undefined || isAlive(Number(pid), began)) continue;
    const folder = join(tmpdir(), name);
    const facts = await lstat(folder).catch(gone);
    if (!facts?.isDirectory() || facts.uid !== process.getuid?.()) continue;
    await endThoseIn(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number, began: string): boolean {
  const now = beginning(pid);
  if (now !== null) return now === began;
  return process.platform !== "linux" && pid !== process.pid && answers(pid);
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** In ticks since the machine came up: proc(5), `starttime`. Null: there is no such process, or nobody says. */
function beginning(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch (error) {
    return gone(error);
  }
}

/** They are known by their home. Where there is no /proc, a tap ends by itself when nobody reads what it writes. */
async function endThoseIn(folder: string): Promise<void> {
  const all = (await readdir("/proc").catch(gone)) ?? [];
  for (const pid of all.filter((name) => /^\d+$/.test(name))) {
    const environment = (await readFile(`/proc/${pid}/environ`, "utf8").catch(gone)) ?? "";
    if (environment.split("\0").includes(`HOME=${folder}`)) kill(Number(pid));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    gone(error);
  }
}

const notThere = new Set(["ENOENT", "ESRCH", "EACCES", "EPERM", "ENOTDIR"]);

/** What went away while it was looked at, or belongs to somebody else. */
function gone(error: unknown): null {
  if (notThere.has((error as NodeJS.ErrnoException).code ?? "")) return null;
  throw error;
}
