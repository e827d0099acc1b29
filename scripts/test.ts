/** `npm test`: the checks, the tests on both databases, then the site in a real browser. Ends with how many passed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { ensureChromium } from "./ensure-chromium";

const vitestReport = ".cache/vitest.json";
const browserReport = ".cache/playwright.json";

interface Count {
  passed: number;
  failed: number;
}

/** What failed, said once more at the very end: a build machine may keep only the last lines. */
const failures: string[] = [];

function run(command: string, parameters: string[], env: Record<string, string> = {}): boolean {
  const done = spawnSync(command, parameters, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

const vitestResults = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      /** Why the file as a whole failed, outside any test. */
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

function countVitest(): Count {
  const report = vitestResults.parse(JSON.parse(readFileSync(vitestReport, "utf8")));
  for (const { name, status, message, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed");
    for (const test of failed) failures.push(`${name}: ${test.fullName}\n${inShort(test.failureMessages?.join("\n"))}`);
    if (status === "failed" && failed.length === 0) failures.push(`${name}\n${inShort(message)}`);
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

function inShort(message = ""): string {
  return message.split("\n").slice(0, 12).join("\n");
}

function countBrowser(): Count {
  const { stats } = z
    .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
    .parse(JSON.parse(readFileSync(browserReport, "utf8")));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

/** Each step runs even when an earlier one failed, so that one run tells everything. A step without tests counts as one. */
const steps: { name: string; run: () => boolean; count?: () => Count }[] = [
  { name: "the checks", run: () => run("npm", ["run", "--silent", "check"]) },
  {
    name: "the tests on both databases",
    run: () =>
      run("npx", [
        "vitest",
        "run",
        "--coverage",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${vitestReport}`,
      ]),
    count: countVitest,
  },
  { name: "the build", run: () => run("npm", ["run", "--silent", "build"]) },
  {
    name: "the tests in a browser",
    run: () =>
      run("npx", ["playwright", "test", "--reporter=list,json"], {
        CHROMIUM_PATH: ensureChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
      }),
    count: countBrowser,
  },
];

mkdirSync(".cache", { recursive: true });
rmSync(vitestReport, { force: true });
rmSync(browserReport, { force: true });

const total: Count = { passed: 0, failed: 0 };
for (const step of steps) {
  console.log(`\n— ${step.name}`);
  const ok = step.run();
  const count = step.count?.() ?? { passed: ok ? 1 : 0, failed: 0 };
  // A step may fail without a failing test, for instance on too little coverage.
  const failed = ok ? count.failed : Math.max(1, count.failed);
  if (!ok) failures.push(`${step.name} failed`);
  total.passed += count.passed;
  total.failed += failed;
}

for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
