/** What an export says of a contact, an import says of it again: nothing changes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import undoChange from "../../../../jobs/undo-change";
import { subjects, undoing } from "~/composition.server";
import { setMembership } from "~/features/accounts/members.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { createContact } from "~/features/contacts/edit-contact.server";
import { type ExportFormat } from "~/features/contacts/export/export";
import { exportFile } from "~/features/contacts/export/export-file.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft, uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { sampleCsv } from "~/testing/sample/sample-csv";

const never = new AbortController().signal;

const fileNames: Record<ExportFormat, string> = {
  csv: "contacts.csv",
  "csv-for-excel": "contacts.csv",
  xlsx: "contacts.xlsx",
  vcard: "contacts.vcf",
};

async function imported(scope: Scope, bytes: AsyncIterable<Uint8Array>, name = "contacts.csv") {
  const draft = await uploadFile(scope, contactSubject, { name, mediaType: "text/csv", bytes });
  if (!draft.ok) throw new Error(draft.reason);
  const { settings } = (await findDraft(scope, draft.runId)) ?? {};
  await startRun(scope, draft.runId);
  await continueRun(scope, subjects, draft.runId, { signal: never });
  const refusals = await listRefusals(scope, draft.runId, { after: 0, limit: 5 });
  const { counts } = (await findRun(scope, draft.runId)) ?? {};
  const changes = await changesOf(scope, draft.runId);
  return { runId: draft.runId, recognised: draft.recognised, settings, refusals, counts, changes };
}

/** What a run changed of contacts that were there: a failing test then says what. */
async function changesOf(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "entry.account_id").onRef("runs.change_set_id", "=", "entry.change_set_id"),
    )
    .select(["entry.before", "entry.after"])
    .where("entry.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .where("entry.before", "is not", null)
    .limit(3)
    .execute();
}

async function bytesIn(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file) parts.push(part);
  return Buffer.concat(parts);
}

async function undone(scope: Scope, runId: string): Promise<void> {
  const { change_set_id: changeSetId } = await scope.db
    .selectFrom("runs")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  const asked = await undoChangeSet(scope, changeSetId ?? "", undoing, { editedToo: false });
  if (!asked.ok || !("undoId" in asked)) throw new Error(JSON.stringify(asked));
  const job = given.job(await given.installation(scope.database.dialect, { database: scope.database }));
  await undoChange({ accountId: scope.account.id, undoId: asked.undoId }, job);
}

const everything = (scope: Scope, format: ExportFormat = "csv") =>
  exportFile(scope, { format, columns: "everything", query: "" }, async () => {});
const asShown = (scope: Scope, columns: string, format: ExportFormat = "csv") =>
  exportFile(scope, { format, columns: "view", query: `columns=${columns}` }, async () => {});

async function* bytesOf(text: string | Buffer) {
  yield await Promise.resolve(Buffer.from(text));
}

const allTheSame = (count: number) => ({ read: count, created: 0, changed: 0, same: count, refused: 0 });

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const name = fc.constantFrom(
  "Ann",
  "Zoë",
  "O'Hara",
  "=1+1",
  "'=x",
  "-12.5",
  "@home",
  "小林",
  "von der Heide",
  "Наталья",
);
const label = fc.constantFrom(null, "work", "home", "mobile", "fax", "Sister", "Mobile of her son", "Büro, 2. Stock");
const note = fc.constantFrom({}, { note: "after ten" }, { note: '=only "urgent"; not, ever' });
const phone = fc.integer({ min: 100, max: 999 }).map((digits) => `+442079460${digits}`);
const beside = fc.tuple(label, note).map(([label, note]) => ({ label, ...note }));

const address = fc
  .tuple(
    beside,
    fc.record({
      street: maybe(fc.constantFrom("14 Kiln Row", "Straße 7, Hof 2", "Flat 2\n9 Mill Lane")),
      city: fc.constantFrom("London", "Łódź", "Oban", "Springfield", "York"),
      region: maybe(fc.constantFrom("Greater London")),
      postalCode: maybe(fc.constantFrom("E8 4QN", "01067", "0012")),
      country: fc.constantFrom(null, "GB", "PL", "US"),
    }),
  )
  .map(([beside, address]) => ({ ...beside, ...address }));

/** With everything that a contact can have. */
const person: fc.Arbitrary<Partial<ContactValues>> = fc.record({
  kind: fc.constantFrom("individual", "business", "estate"),
  typedName: maybe(fc.constantFrom("Dr Ann Smith", "Adebayo & Sons", "+44 people", "Okafor, Ltd", "Folasade Adebayo")),
  givenName: name,
  familyName: maybe(name),
  company: maybe(fc.constantFrom("Brandt Holzbau GmbH", "=cmd", "株式会社小林")),
  jobTitle: maybe(name),
  birthday: fc.constantFrom(null, "1958-03-14", "--03-14", "--02-29", "1899-12-30"),
  diedOn: fc.constantFrom(null, "2026-02-11"),
  timeZone: fc.constantFrom(null, "Europe/Berlin", "Asia/Tokyo"),
  language: fc.constantFrom(null, "pt-BR", "de", "zh-Hant"),
  notes: maybe(fc.constantFrom("=cmd", 'two\nlines, "quoted"', "020 7946 0999", "-- see file", "'=hm")),
  phones: fc.uniqueArray(
    fc.tuple(phone, beside).map(([value, beside]) => ({ value, ...beside })),
    { selector: ({ value }) => value, maxLength: 4 },
  ),
  addresses: fc.uniqueArray(address, { selector: ({ city }) => city, maxLength: 5 }),
  tags: fc.uniqueArray(fc.constantFrom("client", "trustee", "=tag", "Clients, old", "a|b"), { maxLength: 3 }),
});

/** By their emails an import knows them again. */
async function writeDown(scope: Scope, people: readonly Partial<ContactValues>[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [place, values] of people.entries()) {
    const emails = [
      { value: `first.${place}@adebayo.example`, label: place % 2 === 0 ? "work" : null },
      { value: `second.${place}@adebayo.example`, label: "Sister", note: "Mondays" },
      { value: `third.${place}@adebayo.example`, label: null },
      { value: `fourth.${place}@adebayo.example`, label: "home" },
    ];
    // Nobody shares a company or a phone with another, or an account that knows neither would take two for one.
    const company = values.company ? `${values.company} ${place}` : null;
    const phones = (values.phones ?? []).map((each) => ({
      ...each,
      value: each.value.replace("79460", `7946${place}`),
    }));
    const said = { ...nothingKnown, ...values, company, phones };
    const made = await createContact(scope, { ...said, emails: emails.slice(0, 1 + (place % 4)) });
    ids.push(made.ok ? made.id : "");
  }
  return ids;
}

const everyThird = (ids: readonly string[], rest: number) => ids.filter((_, place) => place % 3 === rest);

/** What is known of everybody, without what the database adds. */
async function told(scope: Scope): Promise<unknown[]> {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["name", "given_name", "family_name", "typed_name", "company", "tags", "time_zone", "language", "birthday"])
    .select(["notes", "kind", "email", "phone", "city", "died_on", "owner_id", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("email")
    .execute();
  return rows;
}

/** Each is some thirty imports. */
const ROUNDS = 3;

const formats = ["csv", "xlsx", "vcard"] as const;
const columns = "company,jobTitle,email,phone,city,owner,kind,tags,marks,birthday,language,timeZone,created,changed";

describe.each(databases)("an export on %s", { timeout: 120_000 }, (engine) => {
  test.each(formats)(
    "as %s, imported again, changes nothing: of what was typed, and of what came from files",
    async (format) => {
      await fc.assert(
        fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
          const { scope, other } = await given.twoAccounts(engine);
          const ids = await writeDown(scope, people);
          await assignOwner(scope, everyThird(ids, 1), null);
          const file = await bytesIn(everything(scope, format));
          for (const id of everyThird(ids, 2)) await archiveContact(scope, id);
          const before = await told(scope);
          const again = await imported(scope, bytesOf(file), fileNames[format]);
          expect(again).toMatchObject({ refusals: [], recognised: true, counts: allTheSame(people.length) });
          expect(await told(scope)).toEqual(before);

          const abroad = await imported(other, bytesOf(file), fileNames[format]);
          expect(abroad).toMatchObject({ refusals: [], counts: { created: people.length } });
          const read = await told(other);
          for (const second of formats) {
            const back = await imported(other, everything(other, second), fileNames[second]);
            expect(back, second).toMatchObject({ refusals: [], changes: [], counts: allTheSame(people.length) });
          }
          expect(await told(other)).toEqual(read);
        }),
        { numRuns: ROUNDS, endOnFailure: true },
      );
    },
  );

  test.each(["csv", "xlsx"] as const)(
    "as %s of a list as it is shown, imported again, changes nothing",
    async (format) => {
      await fc.assert(
        fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
          const { scope, other } = await given.twoAccounts(engine);
          await assignOwner(scope, everyThird(await writeDown(scope, people), 1), null);
          await imported(other, everything(scope, "csv"));
          for (const each of [scope, other]) {
            for (const shown of [columns, "email,changed", "city,email,owner", "city,company,changed,email"]) {
              const back = await imported(each, asShown(each, shown, format), fileNames[format]);
              expect(back, shown).toMatchObject({ refusals: [], changes: [], counts: allTheSame(people.length) });
            }
          }
        }),
        { numRuns: ROUNDS, endOnFailure: true },
      );
    },
  );

  test("of an imported list, imported again, changes nothing", async () => {
    const scope = await given.scope(engine);
    const first = await imported(scope, bytesOf(sampleCsv(sampleContacts(400, 11).contacts)));
    const { settings, counts } = await imported(scope, everything(scope));
    const there = first.counts?.created ?? 0;
    expect(there).toBeGreaterThan(300);
    expect(counts).toMatchObject({ read: there, created: 0, changed: 0, refused: 0 });
    const fieldOf = new Map(settings?.columns.map((column, place) => [column, settings.mapping[place]]));
    expect(fieldOf.get("Looked after by")).toBe("owner");
    expect(fieldOf.get("Full name")).toBe("wholeName");
    expect([fieldOf.get("Tallybook ID"), fieldOf.get("No email")]).toEqual(["contactId", "noEmail"]);
  });

  test("hands contacts to the member whose name was written into it, and undo gives them back", async () => {
    const scope = await given.scope(engine);
    const brandt = await given.user(await given.installation(engine), {
      name: "Käthe Brandt",
      email: "kaethe@brandt.example",
    });
    await setMembership(scope, { userId: brandt.id, role: "user" });
    const [id = ""] = await writeDown(scope, [{ givenName: "Ann", familyName: "Okafor" }]);
    const list = (owner: string) => bytesOf(`Email,Looked after by\nfirst.0@adebayo.example,${owner}\n`);
    const ownerOf = async () =>
      (
        await scope.db
          .selectFrom("contacts")
          .select("owner_id")
          .where("account_id", "=", scope.account.id)
          .where("id", "=", id)
          .executeTakeFirstOrThrow()
      ).owner_id;

    const first = await imported(scope, list("Kathe BRANDT"));
    expect(first.counts).toMatchObject({ changed: 1, created: 0 });
    expect(await ownerOf()).toBe(brandt.id);
    expect((await imported(scope, list("kaethe@brandt.example"))).counts).toMatchObject({ same: 1 });
    expect((await imported(scope, list("Nobody Known"))).counts).toMatchObject({ same: 1 });
    expect(await ownerOf()).toBe(brandt.id);

    await undone(scope, first.runId);
    expect(await ownerOf()).toBe(scope.user?.id);
  });
});
