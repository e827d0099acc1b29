/** The built program on a folder and a port of its own, as an operator starts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";

export interface Program {
  child: ChildProcess;
  origin: string;
  port: number;
  output(): string;
  ended: Promise<number | null>;
}

/** Starts it with secrets that are good, unless `changes` says otherwise. It has no data yet. */
export async function startProgram(changes: Record<string, string | undefined> = {}): Promise<Program> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const folder = mkdtempSync(join(tmpdir(), "tallybook-e2e-"));
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    APP_ORIGIN: origin,
    DATA_DIR: folder,
    SECRET_KEY: randomBytes(48).toString("base64"),
    ENCRYPTION_KEYS: `e2e:${randomBytes(32).toString("base64")}`,
    ...changes,
  };
  const child = spawn(process.execPath, ["--enable-source-maps", "build/server.js"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve)).finally(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
  return { child, origin, port, output: () => output, ended };
}

/** Process ids of the children, from /proc: the operator would use `ps`. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean).map(Number);
}

/** The status of a page, 0 while nobody answers. */
export const statusOf = (url: string) =>
  fetch(url).then(
    (answer) => answer.status,
    () => 0,
  );

export const ready = (program: Program) =>
  expect.poll(() => statusOf(`${program.origin}/readyz`), { timeout: 30_000 }).toBe(200);

/** A program that answers, on an empty database, and the set-up code that its log gives. */
export async function startEmptyProgram(): Promise<Program & { setUpCode: string }> {
  const program = await startProgram({ LOG_LEVEL: "info" });
  await ready(program);
  const code = /"setUpCode":"([^"]+)"/.exec(program.output())?.[1];
  if (!code) throw new Error(`No set-up code in the log:\n${program.output()}`);
  return { ...program, setUpCode: code };
}

export async function stopProgram(program: Program): Promise<void> {
  program.child.kill("SIGTERM");
  await program.ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
