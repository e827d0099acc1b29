/** What an import says of itself: before it begins, in its log, and when it fails. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { giveUpRun } from "~/features/pipeline/run/give-up-run.server";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { describeRemarks } from "~/features/pipeline/run/remarks";
import { findRun, logTail } from "~/features/pipeline/run/runs.server";
import { cancelRun, startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

const never = new AbortController().signal;
const heading = "Given name,Family name,Company,Email,Phone,Tags\n";

/** Everything that follows happens a minute later. */
function soon(scope: Scope): Scope {
  return { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
}

async function imported(scope: Scope, content: string): Promise<string> {
  const runId = await upload(scope, content);
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: never });
  return runId;
}

async function log(scope: Scope, runId: string): Promise<string[]> {
  return (await logTail(scope, runId)).map((line) => line.text);
}

async function contactCalled(scope: Scope, name: string): Promise<string> {
  const found = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
  return (await found.where("name", "=", name).executeTakeFirstOrThrow()).id;
}

async function preview(scope: Scope, content: string) {
  const draft = await findDraft(scope, await upload(scope, content));
  if (!draft) throw new Error("There is no draft");
  const seen = await previewRows(scope, contactSubject, draft);
  if (!seen.ok) throw new Error(seen.reason);
  return seen.rows;
}

describe.each(databases)("an import on %s", (engine) => {
  test("takes rows whose last cells are missing, and refuses those with too many", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example\nBen,Okafor,,,,,,, \nC,D,,,,,x\n`);
    expect((await findRun(scope, runId))?.counts).toMatchObject({ created: 2, refused: 1 });
    const [line] = await listRefusals(scope, runId, { after: 0, limit: 9 });
    expect(line).toMatchObject({ position: 4, value: "x" });
    expect(line?.reason).toMatch(/^The row has 7 cells, but the file has 6 columns\. .*separator/);
    expect(line?.reason).not.toContain("delimiter");
  });

  test("of one row speaks of one row", async () => {
    const { scope } = await given.twoAccounts(engine);
    const text = (await log(scope, await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example\n`))).join("\n");
    expect(text).toContain("The file has 1 row.");
    expect(text).toContain("Fetched 1 row of the file");
    expect(text).toContain("Mapped and checked 1 row,");
    expect(text).not.toMatch(/\b1 rows/);
  });

  test("that fails says why first, and that nothing was stored", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = "Ann,Okafor,,a@okafor.example,,\n".repeat(1_200);
    const lines = await log(scope, await imported(scope, `${heading}${rows}"Ben,Okafor,,,,\n`));
    expect(lines).toEqual([
      "Started.",
      expect.stringMatching(/line 1,?202 is never closed/) as string,
      "Nothing was stored.",
    ]);
  });

  test("that is given up on the way says what was stored until then", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = Array.from({ length: 700 }, (_, index) => `Ann,Okafor ${index},,a${index}@okafor.example\n`).join("");
    const runId = await upload(scope, heading + rows);
    await startRun(scope, runId);
    const stop = new AbortController();
    let batches = 0;
    stop.signal.throwIfAborted = () => {
      if (batches++ > 0) throw new Error("out of order");
    };
    await expect(continueRun(scope, subjects, runId, { signal: stop.signal })).rejects.toThrow("out of order");
    await giveUpRun(scope, subjects, runId);
    expect((await log(scope, runId)).slice(-2)).toEqual([
      expect.stringMatching(/a fault of ours/) as string,
      "Stored until then, and kept: 300 new, 0 changed, 0 the same.",
    ]);
  });

  test("that is cancelled before it began says that nothing was stored", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await upload(scope, `${heading}Ann,Okafor,,ann@okafor.example\n`);
    await startRun(scope, runId);
    await cancelRun(scope, runId);
    expect((await log(scope, runId)).at(-1)).toBe("Cancelled. Nothing was stored.");
  });

  test("says of what else stood in a row that contacts do not keep it", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await imported(
      scope,
      "Anrede,Vorname,Nachname\nHerr,Jan,Brandt\nFrau,Ute,Huber\nHerr Dr.,Uwe,Weiß\n,Ann,Okafor\n",
    );
    const said = (await log(scope, runId)).filter((line) => line.includes("contacts do not keep"));
    expect(said).toEqual([expect.stringMatching(/^2 rows have “Mr”, “Ms” or the like for a title/)]);
    expect(await contactCalled(scope, "Herr Dr. Uwe Weiß")).toBeTruthy();
  });

  test("says of rows that their contacts are archived, and which were known by name alone, also over batches", async () => {
    const { scope } = await given.twoAccounts(engine);
    const many = Array.from({ length: 400 }, (_, index) => `Ben,Baptiste ${index},Baptiste Ltd,,\n`).join("");
    await imported(scope, `${heading}Ann,Okafor,,ann@okafor.example\n${many}`);
    const annId = await contactCalled(scope, "Ann Okafor");
    await archiveContact(scope, annId);
    const others = Array.from({ length: 400 }, (_, index) => `Ben,Baptiste ${index},Baptiste Ltd,,,client\n`).join("");
    const then = soon(scope);
    const runId = await imported(then, `${heading}Ann,Okafor,,ann@okafor.example\n${others}`);
    const lines = await log(scope, runId);
    expect(lines).toContain("1 row is an archived contact; it stays archived.");
    expect(lines).toContain(
      "400 rows were taken for an existing contact by name and company or phone, without the same email.",
    );
    const run = await findRun(scope, runId);
    expect(describeRemarks(contactSubject, "en-GB", run?.remarks)).toMatchObject([
      { name: "archived", subjectId: annId },
      { name: "by-name", subjectId: null },
    ]);
    const again = await imported(soon(then), `${heading}Ann,Okafor,,ann@okafor.example\n${others}`);
    expect(describeRemarks(contactSubject, "en-GB", (await findRun(scope, again))?.remarks)).toHaveLength(1);
  });

  test("is foretold row by row: new, changed, the same or refused, and nothing is written by that", async () => {
    const { scope } = await given.twoAccounts(engine);
    const before = `Ann,Okafor,,ann@okafor.example\nBen,Okafor,,ben@okafor.example\nJan,Brandt,Brandt Holzbau GmbH\n`;
    await imported(scope, heading + before);
    await archiveContact(scope, await contactCalled(scope, "Ben Okafor"));
    const then = soon(scope);
    const content = `${heading}Ann,Okafor,Okafor Ltd,ann@okafor.example
Ben,Okafor,,ben@okafor.example
Jan,Brandt,Brandt Holzbau GmbH,jan@brandt.example
Carla,Silva,,carla@silva.example
Carla,Silva,Silva Lda,carla@silva.example
Both,Okafor,,ann@okafor.example; ben@okafor.example
Miles,Carver,,miles@@carver.example
`;
    let statements = 0;
    const rows = await preview({ ...then, db: countingHandle(then.db, () => statements++) }, content);
    expect(statements, "uploading, reading the file and looking up").toBeLessThan(24);
    expect(
      rows.map((row) => (row.ok ? [row.prospect.kind, row.prospect.record?.name, ...row.prospect.remarks] : [])),
    ).toEqual([
      ["changed", "Ann Okafor"],
      ["same", "Ben Okafor", "archived"],
      ["changed", "Jan Brandt", "by name"],
      ["new", undefined],
      ["changed", undefined],
      [],
      [],
    ]);
    expect(rows[5]).toMatchObject({ ok: false, refusals: [{ rule: "several-matches" }] });
    const count = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
    expect(await count.execute()).toHaveLength(3);
    const runId = await imported(then, content);
    expect((await findRun(scope, runId))?.counts).toMatchObject({ created: 1, changed: 3, same: 1, refused: 2 });
  });

  test("of an older file again lets its values stand again where a newer file said something else", async () => {
    const { scope } = await given.twoAccounts(engine);
    const old = `${heading}Ann,Okafor,Okafor Ltd,ann@okafor.example\nBen,Okafor,Okafor Ltd,ben@okafor.example\n`;
    await imported(scope, old);
    const second = soon(scope);
    await imported(second, `${heading}Ann,Okafor,Adebayo Ceramics,ann@okafor.example\n`);
    const third = await imported(soon(second), old);
    expect((await findRun(scope, third))?.counts).toMatchObject({ changed: 1, same: 1 });
    const found = scope.db.selectFrom("contacts").select("company").where("account_id", "=", scope.account.id);
    expect(await found.where("name", "=", "Ann Okafor").execute()).toEqual([{ company: "Okafor Ltd" }]);
  });
});
