import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Demo } from "./demo";
import { freePort } from "./program";

const STARTING_MS = 180_000;

/**
 * Starts the demo on a folder and a port of its own, as a newcomer would, and stops it when all tests are done. Whoever
 * writes tests can have one running already and say so: `TALLYBOOK_DEMO='{"url":…}'`, the JSON of the demo's last line.
 */
export default async function startDemo(): Promise<() => Promise<void>> {
  if (process.env.TALLYBOOK_DEMO) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), "tallybook-e2e-"));
  const port = await freePort();
  const program = spawn(process.execPath, ["node_modules/tsx/dist/cli.mjs", "scripts/demo.ts", "--built"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: String(port), DATA_DIR: folder, DATABASE_URL: "", LOG_LEVEL: "error" },
  });
  const demo = await ready(program);
  process.env.TALLYBOOK_DEMO = JSON.stringify(demo);
  return async () => {
    const gone = new Promise((resolve) => program.once("exit", resolve));
    program.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
}

/** What the demo says in its last line. */
function ready(program: ChildProcess): Promise<Demo> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const fail = (why: string) => reject(new Error(`${why}\n${lines.join("\n")}`));
    const late = setTimeout(() => fail("The demo was not ready in time."), STARTING_MS);
    program.once("exit", (code) => fail(`The demo ended with ${code}.`));
    createInterface({ input: program.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      lines.push(line);
      if (!line.startsWith("demo ready ")) return;
      clearTimeout(late);
      resolve(JSON.parse(line.slice("demo ready ".length)) as Demo);
    });
  });
}
