import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subjects, undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import {
  correctionsOfChange,
  findContinued,
  listCorrections,
} from "~/features/pipeline/corrections/corrections.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { logTail } from "~/features/pipeline/run/runs.server";
import { type Scope } from "~/platform/scope.server";
import {
  carriedOut,
  csvOf,
  imported,
  refusedSheet,
  refusedWorkbook,
  type Sheet,
  started,
  typed,
  upload,
} from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { undoneWholly } from "~/testing/given-undo";

const heading = "Name,Firma,E-Mail\n";
const bad = (count: number, first = 0) =>
  Array.from(
    { length: count },
    (_, index) => `Person ${first + index} Okafor,,p${first + index}@@okafor.example\n`,
  ).join("");
const mendEmail = (sheet: Sheet) => typed(sheet, "E-Mail", (row) => (row[6] ?? "").replace("@@", "@"));

async function contacts(scope: Scope) {
  return scope.db
    .selectFrom("contacts")
    .select(["name", "company", "email"])
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .orderBy("name_key")
    .orderBy("id")
    .execute();
}

async function reasons(scope: Scope, runId: string) {
  return (await listRefusals(scope, runId, { after: 0, limit: 1_000 })).map(({ reason }) => reason);
}

async function undo(scope: Scope, changeSetId: string): Promise<void> {
  const undone = await undoChangeSet(scope, changeSetId, undoing);
  if (!("undoId" in undone)) throw new Error("An import is undone by a job");
  await continueUndo(scope, undone.undoId, { undoing, signal: new AbortController().signal });
}

describe.each(databases)("refused rows, corrected and sent again on %s", (engine) => {
  test("are known by their key, go by their import's columns, and are taken once", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}Ann Okafor,Okafor Ltd,ann@okafor.example\n${bad(3)}`);
    expect(first.counts).toMatchObject({ created: 1, refused: 3 });
    const sheet = mendEmail(await refusedSheet(scope, first.id));
    expect(sheet[0]).toEqual(["Line", "Column", "Value", "Reason", "Name", "Firma", "E-Mail", "Tallybook row"]);

    const uploaded = await upload(first.scope, csvOf(sheet), "clients-2026 - refused rows.csv");
    expect(uploaded).toMatchObject({ ok: true, recognised: true });
    const draft = uploaded.ok ? await findDraft(scope, uploaded.runId) : null;
    expect(draft?.settings).toMatchObject({ columns: ["Name", "Firma", "E-Mail"] });

    const second = await imported(first.scope, csvOf(sheet));
    expect(second.counts).toEqual({ read: 3, created: 3, changed: 0, same: 0, refused: 0 });
    expect(await contacts(scope)).toHaveLength(4);
    expect(await findContinued(scope, second.id)).toMatchObject({ id: first.id, refused: 3 });
    expect(await listCorrections(scope, first.id)).toMatchObject([{ id: second.id, took: 3, undoneAt: null }]);
    expect(await refusedSheet(scope, first.id)).toHaveLength(1);

    const again = await imported(second.scope, csvOf(typed(sheet, "Firma", () => "Quite Another Ltd")));
    expect(again.counts).toEqual({ read: 3, created: 0, changed: 0, same: 3, refused: 0 });
    const log = (await logTail(scope, again.id)).map(({ text }) => text);
    expect(log).toContain("3 rows had been corrected before, and were not taken again.");
    expect((await contacts(scope)).map(({ company }) => company)).not.toContain("Quite Another Ltd");
  });

  test("columns may be moved, and lines added or left out", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(3)}`);
    const sheet = mendEmail(await refusedSheet(scope, first.id));
    const moved = sheet.filter((_, line) => line !== 2).map((row) => [...row].reverse());
    const second = await imported(first.scope, csvOf(moved));
    expect(second.counts).toMatchObject({ read: 2, created: 2 });
    expect((await contacts(scope)).map(({ email }) => email)).toEqual(["p0@okafor.example", "p2@okafor.example"]);
    expect((await refusedSheet(scope, first.id)).map((row) => row[4])).toEqual(["Name", "Person 1 Okafor"]);
  });

  test("what is still wrong is refused again, with its key, and can be fetched from either import", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(3)}`);
    const sheet = await refusedSheet(scope, first.id);
    const half = typed(sheet, "E-Mail", (row, index) => (index === 0 ? "p0@okafor.example" : `${row[6]}@`));
    const second = await imported(first.scope, csvOf(half), "again.csv");
    expect(second.counts).toMatchObject({ read: 3, created: 1, refused: 2 });
    const left = await refusedSheet(scope, second.id);
    expect(left.map((row) => row.at(-1))).toEqual([sheet[0], sheet[2], sheet[3]].map((row) => row?.at(-1)));
    expect(left[1]?.[6]).toBe("p1@@okafor.example@");
    expect((await refusedSheet(scope, first.id)).slice(1).map((row) => row[4])).toEqual([
      "Person 1 Okafor",
      "Person 2 Okafor",
    ]);

    const third = await imported(second.scope, csvOf(typed(left, "E-Mail", () => "")));
    expect(third.counts).toMatchObject({ read: 2, created: 2 });
    expect(await findContinued(scope, third.id)).toMatchObject({ id: first.id });
    expect((await listCorrections(scope, first.id)).map(({ took }) => took)).toEqual([1, 2]);
    expect(await refusedSheet(scope, second.id)).toHaveLength(1);
  });

  test("as a workbook the key is in a hidden column, every cell a text, and it comes back as well", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, "Name,E-Mail,Telefon\n0172 Funk,ann@@okafor.example,+44 20 7946 0182\n");
    const workbook = await refusedWorkbook(scope, first.id);
    const page = workbook.worksheets[0];
    expect(page?.getColumn(8).hidden).toBe(true);
    expect(page?.getColumn(7).hidden).toBe(false);
    expect(page?.getCell("G2").value).toBe("+44 20 7946 0182");
    if (page) page.getCell("F2").value = "ann@okafor.example";
    const second = await imported(first.scope, Buffer.from(await workbook.xlsx.writeBuffer()), "refused.xlsx");
    expect(second.counts).toMatchObject({ read: 1, created: 1 });
    expect(await contacts(scope)).toMatchObject([{ email: "ann@okafor.example" }]);
  });

  test("the file of another account, or with keys that were changed, is refused in words and nothing is kept", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(2)}`);
    const sheet = mendEmail(await refusedSheet(scope, first.id));
    const nothing = {
      ok: false,
      reason: expect.stringMatching(/not of an import of this account.*Nothing was stored/s) as string,
    };
    expect(await upload(other, csvOf(sheet))).toEqual(nothing);
    expect(await upload(scope, csvOf(typed(sheet, "Tallybook row", (row) => `${row[7]}0`)))).toEqual(nothing);
    const guess = (row: string[]) => (row[7] ?? "").replace(/-(\d+)-/, (_, line: string) => `-${Number(line) + 1}-`);
    expect(await upload(scope, csvOf(typed(sheet, "Tallybook row", guess)))).toEqual(nothing);
    const kept = other.db.selectFrom("files").select("id").where("account_id", "=", other.account.id);
    expect(await kept.execute()).toEqual([]);
  });

  test("without a column that the import read it is refused; a new one is left out", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(1)}`);
    const sheet = mendEmail(await refusedSheet(scope, first.id));
    const without = sheet.map((row) => row.filter((_, index) => index !== 4));
    expect(await upload(scope, csvOf(without))).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^This column is no longer in the file.*“Name”/) as string,
    });
    const more = sheet.map((row, index) => [...row, index === 0 ? "Notes" : "typed beside"]);
    expect((await imported(first.scope, csvOf(more))).counts).toMatchObject({ created: 1 });
  });

  test("single rows that are new, of another import, with a changed key or one key twice are refused and say why", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(3)}`);
    const elsewhere = await imported(first.scope, `${heading}${bad(1, 7)}`);
    const [head = [], one = [], two = [], three = []] = mendEmail(await refusedSheet(scope, first.id));
    const [, other = []] = mendEmail(await refusedSheet(scope, elsewhere.id));
    const fresh = two.with(7, "").with(4, "Somebody New");
    const file = csvOf([head, one, one.with(4, "Copied Row"), two, three.with(7, "row-17"), fresh, other]);
    const second = await imported(elsewhere.scope, file);
    expect(second.counts).toMatchObject({ read: 6, created: 2, refused: 4 });
    const told = await reasons(scope, second.id);
    expect(told[0]).toMatch(/Another row of this file has the same key/);
    expect(told[1]).toMatch(/was changed/);
    expect(told[2]).toMatch(/The row is new here/);
    expect(told[3]).toMatch(/belongs to another import/);
    const refusedTwice = await refusedSheet(scope, second.id);
    expect(refusedTwice.map((row) => row[4])).toContain("Somebody New");
  });

  test("a check before the start says which rows were corrected before", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(2)}`);
    const [head = [], one = [], two = []] = mendEmail(await refusedSheet(scope, first.id));
    const second = await imported(first.scope, csvOf([head, one]));
    const uploaded = await upload(second.scope, csvOf([head, one, two, two.with(7, "")]));
    const draft = uploaded.ok ? await findDraft(scope, uploaded.runId) : null;
    const preview = draft ? await previewRows(scope, contactSubject, draft) : null;
    const kinds = preview?.ok ? preview.rows.map((row) => (row.ok ? row.prospect.kind : "refused")) : [];
    expect(kinds).toEqual(["before", "new", "refused"]);
  });

  test("two people who send the same file at once have it applied once", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(40)}`);
    const file = csvOf(mendEmail(await refusedSheet(scope, first.id)));
    const both = [await started(first.scope, file), await started(first.scope, file)];
    const runs = await Promise.all(both.map(({ scope, runId }) => carriedOut(scope, runId)));
    const sum = (key: "created" | "same") => runs.reduce((total, { counts }) => total + counts[key], 0);
    expect([sum("created"), sum("same")]).toEqual([40, 40]);
    expect(await contacts(scope)).toHaveLength(40);
  });

  test("killed in the middle and taken up again, each row is taken once", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(700)}`);
    const file = csvOf(mendEmail(await refusedSheet(scope, first.id)));
    const { runId, scope: then } = await started(first.scope, file);
    let batches = 0;
    const killed = continueRun(then, subjects, runId, {
      signal: new AbortController().signal,
      mayGoOn: () => (++batches === 2 ? Promise.reject(new Error("killed")) : Promise.resolve()),
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await contacts(scope)).toHaveLength(300);
    const run = await carriedOut(then, runId);
    expect(run.counts).toEqual({ read: 700, created: 700, changed: 0, same: 0, refused: 0 });
    expect((await imported(then, file)).counts).toMatchObject({ read: 700, same: 700 });
  });

  test("when the corrections are undone the rows are open again; the first import's undo knows of them", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}Ann Okafor,,ann@okafor.example\n${bad(2)}`);
    const file = csvOf(mendEmail(await refusedSheet(scope, first.id)));
    const second = await imported(first.scope, file);
    const [correction] = await listCorrections(scope, first.id);
    const firstChange = await scope.db
      .selectFrom("runs")
      .select("change_set_id")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", first.id)
      .executeTakeFirstOrThrow();
    expect(await correctionsOfChange(scope, firstChange.change_set_id ?? "")).toMatchObject([{ took: 2 }]);
    await undo(second.scope, correction?.changeSetId ?? "");
    expect(await contacts(scope)).toHaveLength(1);
    expect(await correctionsOfChange(scope, firstChange.change_set_id ?? "")).toEqual([]);
    expect(await refusedSheet(scope, first.id)).toHaveLength(3);
    const third = await imported(second.scope, file);
    expect(third.counts).toMatchObject({ read: 2, created: 2, same: 0 });
    expect(await refusedSheet(scope, first.id)).toHaveLength(1);
  });

  test("undone and sent again, the corrections that were undone are not redone: nothing is here twice", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(3)}`);
    const sheet = mendEmail(await refusedSheet(scope, first.id));
    const a = await imported(first.scope, csvOf(sheet));
    const undoneA = await undoneWholly(a.scope, a.changeSetId!);
    // As long as nobody else has them it can be redone, and undone again.
    const redoneA = await undoneWholly(a.scope, undoneA.changeSetId!);
    expect(await contacts(scope)).toHaveLength(3);
    const againA = await undoneWholly(a.scope, redoneA.changeSetId!);
    const b = await imported(a.scope, csvOf(sheet.slice(0, 3)));
    expect(b.counts).toMatchObject({ created: 2 });
    const refused = { ok: false, reason: "came-again" };
    expect(await undoChangeSet(b.scope, againA.changeSetId!, undoing)).toEqual(refused);
    expect(await contacts(scope)).toHaveLength(2);

    // Also when the other is undone: the same file could come in a third time.
    const undoneB = await undoneWholly(b.scope, b.changeSetId!);
    expect(await undoChangeSet(b.scope, againA.changeSetId!, undoing)).toEqual(refused);
    await undoneWholly(b.scope, undoneB.changeSetId!);
    const c = await imported(b.scope, csvOf(sheet));
    expect(c.counts).toMatchObject({ created: 1, same: 2 });
    expect(await contacts(scope)).toHaveLength(3);
  });

  test("redone while the same rows come in again, they are here once", async () => {
    const { scope } = await given.twoAccounts(engine);
    const first = await imported(scope, `${heading}${bad(20)}`);
    const file = csvOf(mendEmail(await refusedSheet(scope, first.id)));
    const a = await imported(first.scope, file);
    const { changeSetId } = await undoneWholly(a.scope, a.changeSetId!);
    const b = await started(a.scope, file);
    await Promise.all([
      carriedOut(b.scope, b.runId),
      undoChangeSet(b.scope, changeSetId!, undoing).then((asked) =>
        "undoId" in asked ? continueUndo(scope, asked.undoId, { undoing, signal: new AbortController().signal }) : null,
      ),
    ]);
    expect(await contacts(scope)).toHaveLength(20);
  });

  test("corrected once or ten times, in any order and in any pieces, it comes to the same", async () => {
    const { scope } = await given.twoAccounts(engine);
    let last = scope;
    let people = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ mended: fc.boolean(), company: fc.constantFrom("", "Okafor Ltd", "Hale LLP") }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.array(fc.infiniteStream(fc.integer()), { minLength: 1, maxLength: 3 }),
        async (rows, orders) => {
          const first = await imported(last, `${heading}${bad(rows.length, people)}`);
          people += rows.length;
          const [head = [], ...refused] = await refusedSheet(scope, first.id);
          const corrected = refused.map((row, index) => {
            const { mended = false, company = "" } = rows[index] ?? {};
            return row.with(5, company).with(6, (row[6] ?? "").replace(mended ? "@@" : "", mended ? "@" : ""));
          });
          const once = await imported(first.scope, csvOf([head, ...corrected]));
          const after = await contacts(scope);
          last = once.scope;
          for (const order of orders) {
            const shuffled = [...corrected].sort(() => order.next().value ?? 0);
            const again = await imported(last, csvOf([head, ...shuffled]));
            expect(again.counts).toMatchObject({ created: 0, changed: 0, refused: once.counts.refused });
            last = again.scope;
          }
          expect(await contacts(scope)).toEqual(after);
        },
      ),
      { numRuns: 6 },
    );
  });
});
