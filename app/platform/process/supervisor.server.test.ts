import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "~/platform/log.server";
import { type Supervisor, supervise, type SupervisorTimes } from "~/platform/process/supervisor.server";

const times: SupervisorTimes = { firstPauseMs: 50, longestPauseMs: 200, wellMs: 10_000, killMs: 500 };

let folder = "";
let lines: { msg: string; process?: string; exitCode?: number; signal?: string }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tallybook-processes-"));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A child that notes its process id in `starts` each time, then runs `code`. */
function watchOver(code: string, changes: Partial<SupervisorTimes> = {}): Supervisor {
  const log = createLog({
    destination: { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
  });
  const program = `const fs = require("node:fs"); fs.appendFileSync(${JSON.stringify(join(folder, "starts"))}, process.pid + "\\n"); ${code}`;
  return supervise(log, [{ name: "web", arguments: ["-e", program] }], { ...times, ...changes });
}

const starts = () =>
  existsSync(join(folder, "starts")) ? readFileSync(join(folder, "starts"), "utf8").trim().split("\n").map(Number) : [];

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const stayAlive = "setInterval(() => {}, 1000); process.on('disconnect', () => process.exit());";
const endWell = "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 50));";

describe("the parent of web and worker", () => {
  test("starts a killed child again", async () => {
    const parent = watchOver(endWell + stayAlive);
    await expect.poll(() => starts().length).toBe(1);
    process.kill(starts()[0] ?? 0, "SIGKILL");
    await expect.poll(() => starts().length, { timeout: 5_000 }).toBe(2);
    expect(lines).toEqual([expect.objectContaining({ process: "web", signal: "SIGKILL" })]);
    await parent.stop();
  });

  test("waits longer each time for one that keeps dying, and gives up never", async () => {
    const parent = watchOver("process.exit(3)", { firstPauseMs: 300, longestPauseMs: 600 });
    await expect.poll(() => starts().length, { timeout: 10_000 }).toBe(3);
    expect(lines[0]).toMatchObject({ exitCode: 3 });
    await parent.stop();
    const count = starts().length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(starts().length).toBe(count);
  });

  test("starts one that asks for it again at once, without a word", async () => {
    const parent = watchOver("if (fs.readFileSync(0).length === 0) setTimeout(() => process.exit(75), 20)", {
      firstPauseMs: 60_000,
    });
    await expect.poll(() => starts().length, { timeout: 5_000 }).toBeGreaterThan(2);
    expect(lines).toEqual([]);
    await parent.stop();
  });

  test("asks a child to stop and waits until it has", async () => {
    const parent = watchOver(endWell + stayAlive);
    await expect.poll(() => starts().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await parent.stop();
    expect(isRunning(starts()[0] ?? 0)).toBe(false);
    expect(lines).toEqual([]);
  });

  test("kills a child that does not listen", async () => {
    const parent = watchOver(`process.on('SIGTERM', () => {}); ${stayAlive}`);
    await expect.poll(() => starts().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await parent.stop();
    expect(isRunning(starts()[0] ?? 0)).toBe(false);
  });
});
