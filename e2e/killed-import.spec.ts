/** Web and worker killed again and again in the middle of an import, and of its undo: nothing is lost, nothing doubled. No browser. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Readable } from "node:stream";
import { expect, test } from "@playwright/test";
import { type Progress } from "../app/testing/import-to-kill";
import { childrenOf, type Program, ready, startProgram } from "./program";

/** How many rows are read, or entries undone, when they are killed. */
const killedAt = { import: [1, 1_100, 2_300, 3_900], undo: [1, 1_100, 2_300, 3_300] };
type What = keyof typeof killedAt;

function killBoth(program: Program): void {
  for (const pid of childrenOf(program.child.pid ?? 0)) process.kill(pid, "SIGKILL");
}

/** What is there when all 4,500 rows were read once, however often the worker began anew. */
const whole = {
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
};

/** The import of people of whom 200 were there, undone: 3,800 are gone, and 200 say what they said before. */
const undone = {
  state: "done",
  entries: 4_200,
  done: 4_200,
  undone: 4_000,
  left: 0,
  there: 200,
  asBefore: 200,
  deleted: 3_800,
  contacts: 4_000,
  emails: 4_000,
  undos: 1,
  told: 1,
  chain: true,
};

/** Follows its own words, and kills the program's web and worker at each of the places. */
async function killAlong(what: What, words: Readable, programs: Program[]): Promise<Progress["end"]> {
  let killed = 0;
  for await (const line of createInterface({ input: words })) {
    const { databaseUrl, read = 0, end } = JSON.parse(line) as Progress;
    if (databaseUrl) programs.push(await startProgram({ DATABASE_URL: databaseUrl }));
    const place = killedAt[what][killed];
    if (place !== undefined && read >= place) {
      for (const program of programs) killBoth(program);
      killed++;
    }
    if (end) {
      expect(killed).toBe(killedAt[what].length);
      return end;
    }
  }
}

const ways = ["sqlite", "postgres"].flatMap((engine) =>
  (["import", "undo"] as const).map((what) => ({ engine, what })),
);

for (const { engine, what } of ways) {
  test(`${what === "undo" ? "the undo of an import" : "an import"} survives kill −9 of web and worker at four places on ${engine}`, async () => {
    test.skip(process.platform !== "linux", "reads /proc");
    test.setTimeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), "tallybook-killed-"));
    const tsx = ["node_modules/tsx/dist/cli.mjs", "app/testing/import-to-kill.ts", engine, folder, what];
    const firm = spawn(process.execPath, tsx, { stdio: ["ignore", "pipe", "inherit"] });
    const programs: Program[] = [];
    try {
      const end = await killAlong(what, firm.stdout, programs);
      const wanted = what === "undo" ? undone : whole;
      expect(end).toMatchObject(engine === "sqlite" ? { ...wanted, integrity: "ok" } : wanted);
      if (engine === "sqlite") await Promise.all(programs.map(ready));
    } finally {
      for (const program of programs) program.child.kill("SIGTERM");
      await Promise.all(programs.map((program) => program.ended));
      if (firm.exitCode === null && firm.kill("SIGTERM")) await once(firm, "exit");
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
