/** The fields of an account's own in files: brought in, refused, undone, and out and in again without a change. */
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import undoChange from "../../../../jobs/undo-change";
import { subjects, undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { setFieldRetired } from "~/features/contacts/custom/custom-fields.server";
import { customFieldTypes, fieldOf } from "~/features/contacts/custom/custom-field";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { type ExportColumns, type ExportFormat } from "~/features/contacts/export/export";
import { exportFile } from "~/features/contacts/export/export-file.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { readView } from "~/features/contacts/list/contact-list";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft, saveDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { saidNext, saidOnce, sixFields, type SixIds, sixNames, typedOnce, valuesOfSix } from "~/testing/six-fields";

const never = new AbortController().signal;

async function uploaded(scope: Scope, bytes: AsyncIterable<Uint8Array>, name = "members.csv") {
  const draft = await uploadFile(scope, contactSubject, { name, mediaType: "text/csv", bytes });
  if (!draft.ok) throw new Error(draft.reason);
  return draft.runId;
}

async function imported(scope: Scope, bytes: AsyncIterable<Uint8Array>, name?: string) {
  const runId = await uploaded(scope, bytes, name);
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: never });
  const run = await findRun(scope, runId);
  return { runId, counts: run?.counts };
}

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

const csvOf = (rows: Record<string, string>[]) => bytesOf(stringify(rows, { header: true }));
const rowOf = (email: string, said: Record<string, string>) => ({
  ...{ "Family name": "Okafor", Email: email },
  ...Object.fromEntries(customFieldTypes.map((type) => [sixNames[type], said[type] ?? ""])),
});

async function valuesBy(scope: Scope, ids: SixIds) {
  const { contacts } = await listContacts(scope, readView(new URLSearchParams()));
  return Object.fromEntries(
    contacts.map(({ email, own }) => [
      email,
      Object.fromEntries(customFieldTypes.map((type) => [type, own[ids[type]]])),
    ]),
  );
}

const exported = (scope: Scope, format: ExportFormat, columns: ExportColumns = "everything", query = "") =>
  exportFile(scope, { format, columns, query }, async () => {});

async function undone(scope: Scope, changeSetId: string) {
  const asked = await undoChangeSet(scope, changeSetId, undoing);
  if (!asked.ok || !("undoId" in asked)) return expect(asked).toMatchObject({ ok: true });
  const from = await given.installation(scope.database.dialect, { database: scope.database, clock: scope.clock });
  await undoChange({ accountId: scope.account.id, undoId: asked.undoId }, given.job(from));
}

async function changeSetOf(scope: Scope, runId: string) {
  const { change_set_id } = await scope.db
    .selectFrom("runs")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  return change_set_id ?? "";
}

describe.each(databases)("fields of one's own in files on %s", (engine) => {
  test("are known by their names, read in each way people write them, told of and taken back", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const ids = await sixFields(scope);
    const first = await imported(
      scope,
      csvOf([rowOf("ann@okafor.example", typedOnce), rowOf("ben@okafor.example", {})]),
    );
    expect(first.counts).toMatchObject({ created: 2, refused: 0 });
    const nothing = Object.fromEntries(customFieldTypes.map((type) => [type, undefined]));
    expect(await valuesBy(scope, ids)).toEqual({ "ann@okafor.example": saidOnce, "ben@okafor.example": nothing });

    clock.advance(MINUTE_MS);
    // Said otherwise it is the same; empty cells leave.
    const same = rowOf("ann@okafor.example", { ...saidOnce, number: "1234.50", link: "" });
    expect((await imported(scope, csvOf([same]))).counts).toMatchObject({ created: 0, changed: 0 });
    clock.advance(MINUTE_MS);
    const changed = await imported(scope, csvOf([rowOf("ann@okafor.example", saidNext)]));
    expect(changed.counts).toMatchObject({ created: 0, changed: 1 });
    expect((await valuesBy(scope, ids))["ann@okafor.example"]).toEqual(saidNext);
    const { contacts } = await listContacts(scope, readView(new URLSearchParams("q=ann@okafor")));
    const id = contacts[0]?.id ?? "";
    const [told] = (await listHistory(scope, id)).entries;
    expect(told?.changes.map(({ label }) => label).sort()).toEqual(Object.values(sixNames).sort());
    const page = await findContact(scope, id);
    const origin = page?.origins[`custom:${ids.choice}`];
    expect(origin).toMatchObject({ values: [{ text: "Silver" }], others: [{ text: "Gold" }] });

    clock.advance(MINUTE_MS);
    await undone(scope, await changeSetOf(scope, changed.runId));
    expect((await valuesBy(scope, ids))["ann@okafor.example"]).toEqual(saidOnce);
  });

  test("are refused cell by cell, each with its reason; other rows come in", async () => {
    const scope = await given.scope(engine);
    await sixFields(scope);
    const wrong = {
      ...{ text: "x".repeat(301), number: "many", date: "14 March", choice: "Tin", "yes-no": "perhaps" },
      link: "javascript:alert(1)",
    };
    const rows = [rowOf("ann@okafor.example", wrong), rowOf("ben@okafor.example", typedOnce)];
    const { runId, counts } = await imported(scope, csvOf(rows));
    expect(counts).toMatchObject({ created: 1, refused: 1 });
    const refused = await listRefusals(scope, runId, { after: 0, limit: 50 });
    const said = JSON.stringify(refused);
    for (const reason of [
      "longer than 300",
      "is no number",
      "Write the year",
      "none of the choices",
      "yes or no",
      "https or http",
    ]) {
      expect(said).toContain(reason);
    }
  });

  test("can be chosen for a column, one column each, and the check before the import shows them", async () => {
    const scope = await given.scope(engine);
    const { key } = await given.field(scope, { name: "Yearly fee", type: "number" });
    const runId = await uploaded(scope, csvOf([{ Name: "Ann Okafor", Beitrag: "12,5", Fee: "3" }]));
    const draft = await findDraft(scope, runId);
    if (!draft) throw new Error("The draft is there");
    const save = (mapping: string[]) =>
      saveDraft(scope, contactSubject, { draft, choices: { ...draft.settings, mapping } as never });
    expect(await save(["name", key, key])).toMatchObject({ ok: false });
    expect(await save(["name", key, ""])).toMatchObject({ ok: true });
    const shown = await previewRows(scope, contactSubject, (await findDraft(scope, runId)) ?? draft);
    expect(JSON.stringify(shown)).toContain(JSON.stringify({ label: "Yearly fee", text: "12.5" }));
  });

  test("another account's are no place for a column", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    const { key } = await given.field(scope, { name: "Yearly fee", type: "number" });
    const runId = await uploaded(other, csvOf([{ Name: "Ann Okafor", "Yearly fee": "12" }]));
    const draft = await findDraft(other, runId);
    if (!draft) throw new Error("The draft is there");
    expect(draft.settings.mapping).not.toContain(key);
    const choices = { ...draft.settings, mapping: ["name", key] } as never;
    expect(await saveDraft(other, contactSubject, { draft, choices })).toMatchObject({ ok: false });
  });

  test("leave as a list shows them and come in again as they were; retired ones stay at home", async () => {
    const scope = await given.scope(engine);
    const ids = await sixFields(scope);
    const email = "ann@okafor.example";
    const emails = [{ value: email, label: null }];
    await given.contact(scope, { familyName: "Okafor", emails, ...valuesOfSix(ids, saidOnce) });
    const columns = `columns=${customFieldTypes.map((type) => `custom:${ids[type]}`).join(",")}&sort=custom:${ids.date}`;
    const text = async (of: ReturnType<typeof exported>) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of of) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    const said = { ...saidOnce, "yes-no": "Yes" };
    expect(await text(exported(scope, "csv", "view", columns))).toBe(
      [
        ["Name", ...Object.values(sixNames)],
        ["Okafor", ...customFieldTypes.map((type) => said[type])],
      ]
        .map((cells) => `${cells.join(",")}\r\n`)
        .join(""),
    );
    await setFieldRetired(scope, ids.text, true);
    const whole = await text(exported(scope, "csv"));
    expect(whole).not.toContain("M-0042");
    expect(whole).toContain("1234.5");
  });

  test("out and in again, in CSV and as a workbook, in every country: nothing changes", async () => {
    const text = fc.constantFrom(
      "=1+1",
      "'quoted",
      "007",
      "two, three",
      "+44",
      "-",
      "Straße",
      "[tin]",
      "12.5",
      "1,234",
    );
    const number = fc.constantFrom("1.234", "-1.234", "12345678901234567890.5", "0.0000001", "1234.5", "2026", "-20");
    const date = fc.constantFrom("2026-03-04", "1850-01-01", "1900-02-28", "2000-12-31");
    const link = fc.constantFrom("https://www.okafor.example/a?b=c,d", "http://okafor.example/%20x");
    const values = fc.record(
      { text, number, date, choice: fc.constantFrom("Gold", "Silver"), "yes-no": fc.constantFrom("yes", "no"), link },
      { requiredKeys: [] },
    );
    const place = fc.constantFrom(["GB", "en-GB"], ["DE", "de-DE"], ["US", "en-US"], ["FR", "fr-FR"]);
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 5 }), place, async (said, [country, locale]) => {
        const installation = await given.installation(engine);
        const account = await given.account(installation, { phoneCountry: country, locale });
        const scope = await given.member(installation, account);
        const ids = await sixFields(scope);
        for (const [index, each] of said.entries()) {
          const emails = [{ value: `member.${index}@okafor.example`, label: null }];
          await given.contact(scope, { familyName: `Okafor ${index}`, emails, ...valuesOfSix(ids, each as never) });
        }
        for (const [format, name] of [
          ["csv", "a.csv"],
          ["csv-for-excel", "b.csv"],
          ["xlsx", "c.xlsx"],
        ] as const) {
          const { counts } = await imported(scope, exported(scope, format), name);
          expect([format, counts]).toMatchObject([format, { created: 0, changed: 0, refused: 0 }]);
        }
        // It was not for want of reading: into an account with the same fields they come as they were.
        const far = await given.member(
          installation,
          await given.account(installation, { phoneCountry: country, locale }),
        );
        const there = await sixFields(far);
        await imported(far, exported(scope, "csv"));
        expect(Object.values(await valuesBy(far, there))).toEqual(Object.values(await valuesBy(scope, ids)));
      }),
      { numRuns: 4 },
    );
  }, 120_000);
});

test("a column goes to the field that the account has named so, whatever such columns usually mean", async () => {
  const scope = await given.scope("sqlite");
  const { id } = await given.field(scope, { name: "Segment", type: "text" });
  const runId = await uploaded(scope, csvOf([{ Name: "Ann Okafor", Segment: "North" }]));
  expect((await findDraft(scope, runId))?.settings.mapping).toEqual(["name", fieldOf({ id })]);
});
