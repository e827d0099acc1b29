import { describe, expect, test } from "vitest";
import { listToCorrect } from "~/features/pipeline/corrections/refused-lines.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { logTail } from "~/features/pipeline/run/runs.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { type Scope } from "~/platform/scope.server";
import { csvOf, imported, refusedSheet, type Sheet, typed, upload } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { undoneWholly } from "~/testing/given-undo";

const file = `Name,Email
Ann Okafor,ann@okafor.example
Ben Okafor,ben@@okafor.example
Cay Okafor,cay@@okafor.example
`;
const never = new AbortController().signal;

/** All of the first so many rows, without their surplus signs. */
const mended = (sheet: Sheet, rows = sheet.length) =>
  csvOf(typed(sheet, "Email", (row) => (row[5] ?? "").replace("@@", "@")).slice(0, rows + 1));

async function tried(scope: Scope, content: string) {
  const uploaded = await upload(scope, content);
  const draft = uploaded.ok ? await findDraft(scope, uploaded.runId) : null;
  if (!draft) throw new Error("There is no draft");
  return (await rehearseRun(scope, contactSubject, { run: draft, limits: { signal: never } })).result;
}

describe.each(databases)("a file that comes again on %s", (engine) => {
  test("leaves alone what was refused of it and corrected since, and says so before and after", async () => {
    const first = await imported(await given.scope(engine), file);
    const some = await imported(first.scope, mended(await refusedSheet(first.scope, first.id), 1), "mended.csv");
    const { scope } = some;
    const counts = { read: 3, created: 0, changed: 0, same: 2, refused: 1 };
    const trial = await tried(scope, file);
    expect(trial).toMatchObject({ counts, remarks: { "corrected-before": { rows: 1 } } });
    const again = await imported(scope, file);
    expect(again.counts).toEqual(counts);
    expect(
      (await listToCorrect(again.scope, { id: again.id, continuesId: null }, 10)).map(({ position }) => position),
    ).toEqual([4]);
    const lines = await logTail(again.scope, again.id);
    expect(JSON.stringify(lines)).toContain("1 row had been corrected before, and was not taken again.");

    // What is left of it may be corrected where it was refused last.
    const rest = await imported(again.scope, mended(await refusedSheet(again.scope, again.id)), "mended too.csv");
    expect(rest.counts).toMatchObject({ created: 1, refused: 0 });
    expect((await imported(rest.scope, file)).counts).toEqual({ ...counts, same: 3, refused: 0 });
  });

  test("has those rows to correct again once the correction is undone, and in any other file", async () => {
    const first = await imported(await given.scope(engine), file);
    const fixed = await imported(first.scope, mended(await refusedSheet(first.scope, first.id)), "mended.csv");
    const moved = file.replace("Name,Email\n", "Name,Email\nDee Okafor,dee@okafor.example\n");
    expect((await tried(fixed.scope, moved)).counts).toMatchObject({ created: 1, refused: 2 });
    await undoneWholly(fixed.scope, fixed.changeSetId ?? "");
    expect((await tried(fixed.scope, file)).counts).toMatchObject({ same: 1, refused: 2 });
  });
});
