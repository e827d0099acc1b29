/** Vitest's reporter for `npm test`: how many passed, what failed and why, and what passed only at its second try. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Reporter, type SerializedError, type TestModule } from "vitest/node";
import { z } from "zod";

export const toldTests = z.object({
  passed: z.number(),
  failed: z.number(),
  failures: z.array(z.string()),
  flaky: z.array(z.string()),
});
type Told = z.infer<typeof toldTests>;

const LINES_OF_A_FAILURE = 12;

export default class TellTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const told: Told = { passed: 0, failed: 0, failures: unhandled.map(inShort), flaky: [] };
    for (const module of modules) {
      told.failures.push(...module.errors().map((error) => `${module.moduleId}\n${inShort(error)}`));
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        const name = `${module.moduleId}: ${test.fullName}`;
        if (state === "passed") told.passed++;
        if (test.diagnostic()?.flaky) told.flaky.push(`${name}\n${inShort(errors?.[0])}`);
        if (state !== "failed") continue;
        told.failed++;
        told.failures.push(`${name}\n${inShort(errors[0])}`);
      }
    }
    const file = process.env.TOLD_TESTS;
    if (!file) throw new Error("TOLD_TESTS names the file to tell the tests in");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(told));
  }
}

function inShort(error: { message: string; stack?: string } | undefined): string {
  const lines = `${error?.message ?? ""}\n${error?.stack ?? ""}`.split("\n");
  return lines.slice(0, LINES_OF_A_FAILURE).join("\n");
}
