import { defineConfig, devices } from "@playwright/test";

/** Chromium as it runs anywhere, also as root, without asking its makers for anything. */
const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** Start and kill the program itself and need no browser: once is enough. */
const processes = ["processes.spec.ts", "killed-import.spec.ts"];
/** What looks into every page by a script of its own; it also sees that no page has one, see `docs/decisions/003`. */
const looking = "accessibility.spec.ts";
/** Makes pictures of all pages to look at; asserts nothing. `PICTURES=1 npx playwright test --project=pictures` */
const pictures = "pictures.spec.ts";

/** The site as a visitor uses it: `npm test` builds it first. Flows run with scripts switched off, as no page has any. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-demo.ts",
  fullyParallel: true,
  workers: 2,
  // As in vitest.config.ts: the list at the end names what passed only at its second try.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  outputDir: "test-results",
  use: { ...devices["Desktop Chrome"], locale: "en-GB", timezoneId: "Europe/London", launchOptions },
  projects: [
    { name: "people", testMatch: "people.setup.ts" },
    { name: "processes", testMatch: processes },
    {
      name: "scripts off",
      testIgnore: [...processes, looking, pictures],
      dependencies: ["people"],
      use: { javaScriptEnabled: false },
    },
    { name: "scripts on", testMatch: [looking, "front.spec.ts"], dependencies: ["people"] },
    ...(process.env.PICTURES ? [{ name: "pictures", testMatch: pictures, dependencies: ["people"] }] : []),
  ],
});
