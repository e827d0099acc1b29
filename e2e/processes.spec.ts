/** The built program as an operator starts, kills and stops it. No browser. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { childrenOf, freePort, ready, startProgram, statusOf } from "./program";

const roleOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").at(-2);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("it refuses to start without secrets and says which, never what they are", async () => {
  const program = await startProgram({ SECRET_KEY: "short-canary", ENCRYPTION_KEYS: undefined, APP_ORIGIN: undefined });
  expect(await program.ended).toBe(1);
  for (const name of ["SECRET_KEY", "ENCRYPTION_KEYS", "APP_ORIGIN"]) expect(program.output()).toContain(name);
  expect(program.output()).not.toContain("canary");
});

test("killed web and worker processes are back in a moment; a killed parent takes both with it", async () => {
  test.skip(process.platform !== "linux", "reads /proc");
  const program = await startProgram();
  await ready(program);
  const before = childrenOf(program.child.pid ?? 0);
  expect(before.map(roleOf).sort()).toEqual(["web", "worker"]);
  for (const pid of before) process.kill(pid, "SIGKILL");
  await ready(program);
  await expect
    .poll(() =>
      childrenOf(program.child.pid ?? 0)
        .map(roleOf)
        .sort(),
    )
    .toEqual(["web", "worker"]);

  const after = childrenOf(program.child.pid ?? 0);
  program.child.kill("SIGKILL");
  await expect.poll(() => after.filter(isRunning), { timeout: 20_000 }).toEqual([]);
});

test("told to stop, it finishes what was begun, takes nothing new, and ends well", async () => {
  const program = await startProgram();
  await ready(program);
  const heard: string[] = [];
  const socket = connect(program.port, "localhost");
  socket.on("data", (chunk) => heard.push(chunk.toString()));
  const type = "Content-Type: application/x-www-form-urlencoded";
  socket.write(
    `POST / HTTP/1.1\r\nHost: localhost:${program.port}\r\nOrigin: ${program.origin}\r\n${type}\r\nContent-Length: 8\r\n\r\nname`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));

  program.child.kill("SIGTERM");
  await expect.poll(() => statusOf(`${program.origin}/readyz`)).toBe(503);
  await expect.poll(() => statusOf(`${program.origin}/readyz`), { timeout: 10_000 }).toBe(0);
  socket.write("=Ann");
  await expect.poll(() => heard.join("")).toMatch(/^HTTP\/1\.1 \d{3} /);
  expect(await program.ended).toBe(0);
});

test("in development it starts without set-up, keeps the same rules, and loads pages again when something changes", async ({
  browser,
}) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const tsx = ["node_modules/tsx/dist/cli.mjs", "server.ts"];
  const DATA_DIR = mkdtempSync(join(tmpdir(), "tallybook-development-"));
  const env = { PATH: process.env.PATH, NODE_ENV: "development" as const, PORT: String(port), DATA_DIR };
  const program = spawn(process.execPath, tsx, { env, stdio: "ignore" });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  try {
    await expect.poll(() => statusOf(`${origin}/readyz`), { timeout: 30_000 }).toBe(200);
    expect((await fetch(origin, { method: "POST", headers: { origin: "https://elsewhere.test" } })).status).toBe(403);
    expect((await fetch(`${origin}/?_data=root`)).status).toBe(400);

    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    const connected = page.waitForEvent("console", (message) => message.text().includes("[vite] connected"));
    await page.goto(origin);
    await connected;
    const reloaded = page.waitForEvent("load");
    // A save without a change, as an editor makes it.
    utimesSync("app/root.tsx", new Date(), new Date());
    await reloaded;
    await expect(page.locator("h1")).toHaveCount(1);
    expect(complaints).toEqual([]);
    await page.close();
  } finally {
    program.kill("SIGTERM");
    await ended;
    rmSync(DATA_DIR, { recursive: true, force: true });
  }
});
