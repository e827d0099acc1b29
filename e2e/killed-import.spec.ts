/** Web and worker killed again and again in the middle of an import: nothing is lost, nothing doubled. No browser. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { type Progress } from "../app/testing/import-to-kill";
import { childrenOf, type Program, ready, startProgram } from "./program";

/** How many rows are read when they are killed. */
const killedAt = [1, 1_100, 2_300, 3_900];

function killBoth(program: Program): void {
  for (const pid of childrenOf(program.child.pid ?? 0)) process.kill(pid, "SIGKILL");
}

for (const engine of ["sqlite", "postgres"]) {
  test(`an import survives kill −9 of web and worker at four places on ${engine}`, async () => {
    test.skip(process.platform !== "linux", "reads /proc");
    test.setTimeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "tallybook-killed-"));
    const tsx = ["node_modules/tsx/dist/cli.mjs", "app/testing/import-to-kill.ts", engine, folder];
    const import_ = spawn(process.execPath, tsx, { stdio: ["ignore", "pipe", "inherit"] });
    let program: Program | null = null;
    let end: Progress["end"];
    const kills: number[] = [];
    try {
      for await (const line of createInterface({ input: import_.stdout })) {
        const progress = JSON.parse(line) as Progress;
        if (progress.databaseUrl) program = await startProgram({ DATABASE_URL: progress.databaseUrl });
        if (program && (progress.read ?? 0) >= (killedAt[kills.length] ?? Infinity)) {
          killBoth(program);
          kills.push(progress.read ?? 0);
        }
        end ??= progress.end;
      }
      expect(kills).toHaveLength(killedAt.length);
      expect(end).toEqual({
        state: "done",
        read: 4_500,
        created: 4_000,
        changed: 200,
        same: 200,
        refused: 100,
        contacts: 4_000,
        emails: 4_000,
        contact_records: 4_200,
        contact_tags: 4_000,
        raw_records: 4_500,
        refused_rows: 100,
        change_entries: 4_200,
        imports: 1,
        chain: true,
        ...(engine === "sqlite" ? { integrity: "ok" } : {}),
      });
      if (engine === "sqlite" && program) await ready(program);
    } finally {
      program?.child.kill("SIGTERM");
      await program?.ended;
      if (import_.exitCode === null && import_.kill("SIGTERM")) await once(import_, "exit");
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
