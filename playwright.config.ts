import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/ensure-chromium";

/** The built site (`npm run build` first), as in production, on an empty database of its own. */
const port = Number(process.env.E2E_PORT ?? 4790);
const appOrigin = `http://localhost:${port}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  timeout: 60_000,
  use: {
    baseURL: appOrigin,
    trace: "retain-on-failure",
    launchOptions: { executablePath: findChromium() ?? undefined },
  },
  projects: [
    { name: "without script", use: { javaScriptEnabled: false } },
    { name: "with script", use: { javaScriptEnabled: true } },
  ],
  webServer: {
    command: "node --enable-source-maps build/server.js",
    url: `${appOrigin}/healthz`,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: {
      NODE_ENV: "production",
      PORT: String(port),
      APP_ORIGIN: appOrigin,
      DATA_DIR: mkdtempSync(join(tmpdir(), "tallybook-e2e-")),
      SECRET_KEY: randomBytes(48).toString("base64"),
      ENCRYPTION_KEYS: `e2e:${randomBytes(32).toString("base64")}`,
      LOG_LEVEL: "warn",
    },
  },
});
