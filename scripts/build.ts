/** Builds what production runs: Remix's two halves by Vite, then the programs around them by esbuild, into `build/`. */
import { existsSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { spawnSync } from "node:child_process";
import { build } from "esbuild";

/** Programs that run beside the built application, in the image too. */
const programs = [
  "server.ts",
  ...[
    "migrate",
    "create-operator",
    "create-account",
    "backup",
    "restore",
    "rotate-key",
    "move-to-postgres",
    "reset-second-factor",
  ].map((name) => `scripts/${name}.ts`),
  // The thread in which workbooks are read, wherever it is started from.
  "app/features/pipeline/files/xlsx/workbook-thread.ts",
].filter(existsSync);

rmSync("build", { recursive: true, force: true });

const remix = spawnSync("node_modules/.bin/remix", ["vite:build"], {
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
if (remix.status !== 0) process.exit(remix.status ?? 1);

await build({
  entryPoints: programs.map((file) => ({ in: file, out: basename(file, ".ts") })),
  outdir: "build",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  // Chunks keep their own names, out of the way of Remix's `build/server` and `build/client`.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  sourcemap: "linked",
  jsx: "automatic",
  tsconfig: "tsconfig.json",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
