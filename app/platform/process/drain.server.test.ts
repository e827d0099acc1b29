import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

interface Ended {
  exitCode: number | null;
  output: string;
}

/** A process of its own that ends by draining. `drain` is the body of its drain, `code` runs once it is ready. */
function program(drain: string, code = ""): Promise<Ended> {
  const source = `
    import { endsByDraining } from ${JSON.stringify(resolve("app/platform/process/drain.server.ts"))};
    import { createLog } from ${JSON.stringify(resolve("app/platform/log.server.ts"))};
    const end = endsByDraining(createLog(), async () => { ${drain} });
    setInterval(() => {}, 1000);
    ${code}`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.once("exit", (exitCode) => done({ exitCode, output })));
}

const kill = (signal: string) => `process.kill(process.pid, "${signal}");`;

describe("a process that is told to stop", () => {
  test.each(["SIGTERM", "SIGINT"])("by %s finishes what it has begun and ends well", async (signal) => {
    const { exitCode, output } = await program(
      `await new Promise((r) => setTimeout(r, 100)); console.log("drained");`,
      kill(signal),
    );
    expect(exitCode).toBe(0);
    expect(output).toContain("drained");
  });

  test("twice drains once", async () => {
    const { output } = await program(
      `console.log("drained"); await new Promise((r) => setTimeout(r, 100));`,
      kill("SIGTERM") + kill("SIGINT"),
    );
    expect(output.match(/drained/g)).toHaveLength(1);
  });

  test.each([
    ["an error nobody caught", `setTimeout(() => { throw new Error("a bug") }, 1);`],
    ["a promise nobody waited for", `Promise.reject(new Error("a bug"));`],
  ])("by %s logs it as fatal, drains, and ends badly", async (_name, code) => {
    const { exitCode, output } = await program(`console.log("drained");`, code);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/"level":"fatal".*a bug/);
    expect(output).toContain("drained");
  });

  test("and fails at that ends badly, with a word about it", async () => {
    const { exitCode, output } = await program(`throw new Error("the file is gone");`, kill("SIGTERM"));
    expect(exitCode).toBe(1);
    expect(output).toMatch(/"level":"fatal".*the file is gone/);
  });

  test("by its own code ends with that code", async () => {
    expect((await program("", `end(75, "changed");`)).exitCode).toBe(75);
  });
});
