import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Where a handle may be without its guard, and why. Whoever adds a file here has thought of the second line instead. */
const withoutGuard = new Set([
  // The search is asked in each engine's own words, over the scope's own connection.
  "app/features/contacts/search/search-contacts.server.ts",
  "app/features/contacts/search/search-index.server.ts",
]);
/** The login role: the runner of jobs, over its own tables. */
const asLoginRole = /^app\/platform\/queue\//;

const around = /\bwithoutGuard\b|\bwithoutPlugins\b|\bexecuteQuery\b|\bnew Kysely\b|from "better-sqlite3"/;
const unguarded = /\bunguarded\b/;

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith("app/platform/db/") && !path.startsWith("app/testing/"));
}

it("nothing but the named files goes around the guard", async () => {
  const found: string[] = [];
  for (const path of [...(await sources("app")), ...(await sources("jobs"))]) {
    const text = await readFile(path, "utf8");
    const allowed = withoutGuard.has(path) || asLoginRole.test(path);
    if ((around.test(text) || unguarded.test(text)) && !allowed) found.push(path);
  }
  expect(found).toEqual([]);
});
