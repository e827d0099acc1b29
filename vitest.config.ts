import { availableParallelism } from "node:os";
import tsconfigPaths from "vite-tsconfig-paths";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What walks through the whole site takes longest by far; begun last, it would run on while a core stands idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isWalk = ({ moduleId }: TestSpecification) => moduleId.includes("/testing/walk/");
    const sorted = await super.sort(files);
    return [...sorted.filter(isWalk), ...sorted.filter((file) => !isWalk(file))];
  }
}

const everyTest = "{app,jobs,scripts,migrations,sandbox}/**/*.test.{ts,tsx}";
const inProduction = "app/**/*.production.test.{ts,tsx}";

export default defineConfig({
  plugins: [tsconfigPaths()],
  // React as in production has no development runtime.
  esbuild: { jsxDev: false },
  test: {
    // React decides by the environment when it is loaded what it is: tests of pages as built have a process of their own.
    projects: [
      { extends: true, test: { name: "tests", include: [everyTest], exclude: [inProduction, "**/node_modules/**"] } },
      { extends: true, test: { name: "as in production", include: [inProduction], env: { NODE_ENV: "production" } } },
    ],
    // Nothing lies about in modules (no ambient state), so that each is loaded once for all files: a third of the time.
    isolate: false,
    globalSetup: ["app/testing/global-setup.ts"],
    setupFiles: ["app/testing/each-file.ts"],
    sequence: { sequencer: LongestFirst },
    reporters: process.env.TOLD_TESTS ? ["default", "./scripts/tests-told.ts"] : ["default"],
    // A build machine may stumble; what passes only at the second try is told at the end of `npm test`.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than there would be on two cores, as a test waits for its database, too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // By hand, `npx vitest run --coverage --isolate`: it would take half of the time of `npm test`.
    coverage: {
      provider: "v8",
      include: ["app/features/**/*.{ts,tsx}", "app/platform/**/*.ts"],
      exclude: ["**/*.test.{ts,tsx}"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 80 },
    },
  },
});
