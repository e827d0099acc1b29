/** Finds a Chromium for the tests in a browser, or gets one: the system's, else Debian's package, else Playwright's. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** The one without windows first: it takes two thirds of the time. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Absolute path of a Chromium that is there, or null. `CHROMIUM_PATH` wins. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return (
    [process.env.CHROMIUM_PATH ?? "", ...candidates, chromium.executablePath()].find(
      (path) => path && existsSync(path),
    ) ?? null
  );
}

function run(command: string, ...parameters: string[]): boolean {
  console.log(`No Chromium yet; trying: ${command} ${parameters.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, parameters, { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

function installDebianPackage(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const install = (name: string) => run("apt-get", "install", "-y", "--no-install-recommends", name);
  return run("apt-get", "update") && (install("chromium-headless-shell") || install("chromium"));
}

const advice = `
The tests in a browser need Chromium, and it could neither be found nor installed. One of these will do:
  - install it with your system's package manager (Debian, Ubuntu: sudo apt-get install chromium),
  - run "npx playwright install --with-deps chromium",
  - or set CHROMIUM_PATH to a Chromium or Chrome that you have.
Then run "npm test" again.
`;

/** The path of a Chromium, installing one if need be. Throws in plain words what to do when that fails. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (!installDebianPackage()) run("npx", "playwright", "install", "chromium");
  const installed = findChromium();
  if (!installed) throw new Error(advice);
  return installed;
}
