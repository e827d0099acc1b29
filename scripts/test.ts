/** `npm test`: the checks, the tests on both databases, then the site in a real browser. Ends with how many passed. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ensureChromium } from "./ensure-chromium";
import { toldTests } from "./tests-told";

const vitestReport = ".cache/vitest.json";
const browserReport = ".cache/playwright.json";

interface Count {
  passed: number;
  failed: number;
}

/** What failed, said once more at the very end: a build machine may keep only the last lines. */
const failures: string[] = [];
/** What failed first and passed then: no reason to stop, but one to look. */
const flaky: string[] = [];

function run(command: string, parameters: string[], env: Record<string, string> = {}): boolean {
  const done = spawnSync(command, parameters, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

const LAST_LINES = 15;

/** For what says little: its last lines are kept, to be said again should it fail. */
function runAndKeep(command: string, parameters: string[]): boolean {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const said = `${stdout}${stderr}`;
  console.log(said);
  if (status !== 0) failures.push(said.trimEnd().split("\n").slice(-LAST_LINES).join("\n"));
  return status === 0;
}

function countVitest(): Count {
  const told = toldTests.parse(JSON.parse(readFileSync(vitestReport, "utf8")));
  failures.push(...told.failures);
  flaky.push(...told.flaky);
  return { passed: told.passed, failed: told.failed };
}

function countBrowser(): Count {
  const { stats } = z
    .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
    .parse(JSON.parse(readFileSync(browserReport, "utf8")));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

/** Each step runs even when an earlier one failed, so that one run tells everything. A step without tests counts as one. */
const steps: { name: string; run: () => boolean; count?: () => Count }[] = [
  { name: "the checks", run: () => runAndKeep("npm", ["run", "--silent", "check"]) },
  {
    name: "the tests on both databases",
    run: () =>
      run("npx", ["vitest", "run"], {
        TOLD_TESTS: vitestReport,
      }),
    count: countVitest,
  },
  { name: "the build", run: () => runAndKeep("npm", ["run", "--silent", "build"]) },
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

const MEMORY = "/dev/shm";
const ROOM_BYTES = 2 * 1024 ** 3;

/**
 * Databases of tests are thrown away, and need not wait for a disk that keeps what is written: a third of their time.
 * Null where there is no such place, or little room in it: then they lie where temporary files do.
 */
function folderInMemory(): string | null {
  if (!existsSync(MEMORY)) return null;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ROOM_BYTES) return null;
  const folder = mkdtempSync(join(MEMORY, "tallybook-tests-"));
  // Postgres runs as somebody else where the tests run as root.
  chmodSync(folder, 0o1777);
  return folder;
}

const inMemory = folderInMemory();
if (inMemory) process.env.TMPDIR = inMemory;

mkdirSync(".cache", { recursive: true });
rmSync(vitestReport, { force: true });
rmSync(browserReport, { force: true });

const total: Count = { passed: 0, failed: 0 };
for (const step of steps) {
  console.log(`\n— ${step.name}`);
  const ok = step.run();
  const count = step.count?.() ?? { passed: ok ? 1 : 0, failed: 0 };
  // A step may fail without a failing test.
  const failed = ok ? count.failed : Math.max(1, count.failed);
  if (!ok) failures.push(`${step.name} failed`);
  total.passed += count.passed;
  total.failed += failed;
}

if (inMemory) rmSync(inMemory, { recursive: true, force: true });
for (const stumble of flaky) console.log(`\nPassed only at the second try: ${stumble}`);
for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
