/** What is kept of where columns went, and what a draft makes of it. */
import { describe, expect, test } from "vitest";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { forgetMapping, keepMapping } from "~/features/pipeline/columns/saved-mappings.server";
import { findDraft, forgetColumns, saveDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { previewColumns } from "~/features/pipeline/draft/preview.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

async function draftOf(scope: Scope, csv: string, name = "kunden.csv") {
  const upload = { name, mediaType: "text/csv", bytes: bytesOf(csv) };
  const uploaded = await uploadFile(scope, contactSubject, upload);
  if (!uploaded.ok) throw new Error(uploaded.reason);
  const draft = await findDraft(scope, uploaded.runId);
  if (!draft) throw new Error("There is no draft");
  return draft;
}

async function confirm(scope: Scope, csv: string, mapping: string[], more: object = {}) {
  const draft = await draftOf(scope, csv);
  const { reading, phoneCountry } = draft.settings;
  return saveDraft(scope, contactSubject, { draft, choices: { reading, phoneCountry, mapping, ...more } });
}

const csv = "Wer,Kontakt 1,Born\nAnn Okafor,a@okafor.example,3/4/1958\n";
const mapping = ["name", "workEmail", "birthday"];

describe.each(databases)("on %s", (engine) => {
  test("columns that were confirmed go there again in the next file with the same ones, in whatever order", async () => {
    const scope = await given.scope(engine);
    const today = /^as in your import of \d+ \w+ \d{4}$/;
    expect(await confirm(scope, csv, mapping, { dateOrder: "month-first", phoneCountry: "DE" })).toMatchObject({
      ok: true,
    });
    const { settings } = await draftOf(scope, "BORN;kontakt-1;Wer\n5/6/1960;j@brandt.example;Jan Brandt\n");
    expect(settings).toMatchObject({
      mapping: ["birthday", "workEmail", "name"],
      dateOrder: "month-first",
      phoneCountry: "DE",
      recalled: expect.stringContaining("“kunden.csv”") as string,
    });
    expect(settings.guesses?.every(({ sure, why }) => sure === "sure" && today.test(why))).toBe(true);

    const colleague = { ...scope, user: await given.user(await given.installation(engine), { name: "Jan Brandt" }) };
    const theirs = await draftOf(colleague, "Kontakt 1,Telefon\nj@brandt.example,030 123456\n");
    expect(theirs.settings.mapping).toEqual(["workEmail", "phone"]);
    expect(theirs.settings.guesses?.[0]?.why).toMatch(/^as in the import of \d+ \w+ \d{4} by Folasade Adebayo$/);
    expect(theirs.settings.recalled).toBeUndefined();
  });

  test("two files with the same columns in another order are confirmed at once, and neither waits for the other for ever", async () => {
    const scope = await given.scope(engine);
    const columns = Array.from({ length: 200 }, (_, index) => `Column ${index}`);
    const { settings } = await draftOf(scope, csv);
    const keep = (columns: string[]) =>
      keepMapping(scope, contactSubject.id, {
        settings: { ...settings, columns, mapping: columns.map(() => "notes") },
        fileName: "kunden.csv",
      });
    for (let time = 0; time < 10; time++) await Promise.all([keep(columns), keep([...columns.toReversed(), "Born"])]);
    const saved = scope.db.selectFrom("saved_mappings").select("key").where("account_id", "=", scope.account.id);
    expect(await saved.execute()).toHaveLength(203);

    const forget = (columns: string[]) => forgetMapping(scope, contactSubject.id, columns);
    for (let time = 0; time < 10; time++) {
      await Promise.all([keep(columns), forget(columns.toReversed()), forget(columns)]);
      await keep(columns);
    }
    await Promise.all([forget(columns), forget([...columns.toReversed(), "Born"])]);
    expect(await saved.execute()).toEqual([]);
  });

  test("what was confirmed is forgotten when somebody says so, and is nobody else’s", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await confirm(scope, csv, mapping);
    expect((await draftOf(other, csv)).settings.mapping).toEqual(["", "email", "birthday"]);
    const draft = await draftOf(scope, csv);
    expect(draft.settings.mapping).toEqual(mapping);
    expect(await forgetColumns(scope, contactSubject, draft)).toEqual({ ok: true });
    const after = await findDraft(scope, draft.id);
    expect(after?.settings).toMatchObject({ mapping: ["", "email", "birthday"] });
    expect(after?.settings.recalled).toBeUndefined();
    expect((await draftOf(scope, csv)).settings.mapping).toEqual(["", "email", "birthday"]);
  });

  test("what was confirmed outweighs even an export that we know", async () => {
    const scope = await given.scope(engine);
    const google = "First Name,Last Name,Labels,File As,Notes\nAnn,Okafor,Trustee,,Met in May\n";
    expect((await draftOf(scope, google)).settings).toMatchObject({ origin: "Google Contacts" });
    await confirm(scope, google, ["givenName", "familyName", "", "", "notes"]);
    expect((await draftOf(scope, google)).settings).toMatchObject({
      origin: "Google Contacts",
      mapping: ["givenName", "familyName", "", "", "notes"],
    });
  });

  test("two columns for what there is one of are refused with both their names, and nothing is kept", async () => {
    const scope = await given.scope(engine);
    const saved = await confirm(scope, csv, ["birthday", "email", "birthday"]);
    expect(saved).toEqual({
      ok: false,
      reason:
        "“Wer” and “Born” both go to “Birthday”, which can take one column. Choose another field for one of them, or leave it out.",
      wrong: [0, 2],
    });
    expect((await draftOf(scope, csv)).settings.recalled).toBeUndefined();
  });

  test("three values of each column are found, however far down they stand", async () => {
    const scope = await given.scope(engine);
    const rows = Array.from({ length: 950 }, (_, at) => `Ann ${at},${at > 900 ? `mail.${at}@okafor.example` : ""},`);
    const draft = await draftOf(scope, `Name,Later,Never\n${rows.join("\n")}\n`);
    const preview = await previewColumns(scope, contactSubject, draft);
    expect(preview).toMatchObject({
      ok: true,
      columns: [
        { name: "Name", examples: ["Ann 0", "Ann 1", "Ann 2"] },
        {
          name: "Later",
          examples: ["mail.901@okafor.example", "mail.902@okafor.example", "mail.903@okafor.example"],
          field: "email",
          guess: { why: "looks like emails: 49 of 49 values" },
        },
        { name: "Never", examples: [], field: "", guess: { why: "it is empty" } },
      ],
    });
  });

  test("dates and phones are read as the file tells, and the page says how that is known", async () => {
    const scope = await given.scope(engine);
    const rows = ["1/14/1958,030 23125801", "2/3/1960,0221 4710815", "5/30/1961,089 12345678"];
    const draft = await draftOf(
      scope,
      `Name,Birthday,Phone,Country\n${rows.map((row, at) => `Ann ${at},${row},Germany`).join("\n")}\n`,
    );
    expect(draft.settings).toMatchObject({ dateOrder: "month-first", phoneCountry: "DE" });
    expect(await previewColumns(scope, contactSubject, draft)).toMatchObject({
      place: {
        phoneCountry: { why: "Germany: 3 of 3 addresses are there" },
        dateOrder: { why: "2 of 3 dates can only be read so" },
      },
    });
  });
});
