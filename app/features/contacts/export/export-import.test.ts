/** What an export says of a contact, an import says of it again: nothing changes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { createContact } from "~/features/contacts/edit-contact.server";
import { type ExportFormat } from "~/features/contacts/export/export";
import { exportFile } from "~/features/contacts/export/export-file.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/continue-run.server";
import { findDraft, uploadFile } from "~/features/pipeline/draft-run.server";
import { findRun } from "~/features/pipeline/runs.server";
import { startRun } from "~/features/pipeline/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { sampleCsv } from "~/testing/sample/sample-csv";

const never = new AbortController().signal;

async function imported(scope: Scope, bytes: AsyncIterable<Uint8Array>) {
  const draft = await uploadFile(scope, contactSubject, { name: "contacts.csv", mediaType: "text/csv", bytes });
  if (!draft.ok) throw new Error(draft.reason);
  const { settings } = (await findDraft(scope, draft.runId)) ?? {};
  await startRun(scope, draft.runId);
  await continueRun(scope, subjects, draft.runId, { signal: never });
  return { settings, counts: (await findRun(scope, draft.runId))?.counts };
}

const everything = (scope: Scope, format: ExportFormat = "csv") =>
  exportFile(scope, { format, columns: "everything", query: "" }, async () => {});

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

const name = fc.constantFrom("Ann", "Zoë", "O'Hara", "=1+1", 'Smith, "Bob"', "-12.5", "@home", "小林", "von der Heide");
const label = fc.constantFrom(null, "work", "home", "mobile", "fax", "Sister");
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const phone = fc.integer({ min: 100, max: 999 }).map((digits) => `+442079460${digits}`);

/** As people type them: each with an email of their own, by which an import knows them again. */
const typed: fc.Arbitrary<Partial<ContactValues>> = fc.record({
  kind: fc.constantFrom("individual", "business", "estate"),
  typedName: maybe(fc.constantFrom("Dr Ann Smith", "Adebayo & Sons", "+44 people")),
  givenName: name,
  familyName: maybe(name),
  company: maybe(name),
  jobTitle: maybe(name),
  birthday: fc.constantFrom(null, "1958-03-14", "--03-14"),
  diedOn: fc.constantFrom(null, "2026-02-11"),
  timeZone: fc.constantFrom(null, "Europe/Berlin"),
  language: fc.constantFrom(null, "pt-BR"),
  notes: maybe(fc.constantFrom("=cmd", 'two\nlines, "quoted"', "020 7946 0999", "-- see file")),
  phones: fc
    .uniqueArray(fc.record({ value: phone, label }), { selector: ({ value }) => value, maxLength: 3 })
    .map((phones) => phones.map((each, place) => (place === 0 ? { ...each, note: "after ten" } : each))),
  addresses: fc.array(
    fc.record({
      label,
      street: maybe(fc.constantFrom("14 Kiln Row", "Straße 7, Hof 2")),
      city: fc.constantFrom("London", "Łódź"),
      region: maybe(fc.constantFrom("Greater London")),
      postalCode: maybe(fc.constantFrom("E8 4QN", "01067")),
      country: fc.constantFrom(null, "GB", "PL"),
    }),
    { maxLength: 2 },
  ),
  tags: fc.uniqueArray(fc.constantFrom("client", "trustee", "=tag"), { maxLength: 3 }),
});

describe.each(databases)("an export on %s", (engine) => {
  test("of contacts typed by hand, imported again, changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(typed, { minLength: 1, maxLength: 12 }), async (people) => {
        const scope = await given.scope(engine);
        for (const [place, values] of people.entries()) {
          const emails = [
            { value: `first.${place}@adebayo.example`, label: place % 2 === 0 ? "work" : null },
            { value: `second.${place}@adebayo.example`, label: "Sister" },
          ];
          await createContact(scope, { ...nothingKnown, ...values, emails });
        }
        const { counts } = await imported(scope, everything(scope, people.length % 2 ? "csv" : "csv-for-excel"));
        expect(counts).toEqual({ read: people.length, created: 0, changed: 0, same: people.length, refused: 0 });
      }),
      { numRuns: 15 },
    );
  });

  test("of an imported list, imported again, changes nothing", async () => {
    const scope = await given.scope(engine);
    const first = await imported(scope, bytesOf(sampleCsv(sampleContacts(400, 11).contacts)));
    const { settings, counts } = await imported(scope, everything(scope));
    const there = first.counts?.created ?? 0;
    expect(there).toBeGreaterThan(300);
    expect(counts).toMatchObject({ read: there, created: 0, changed: 0, refused: 0 });
    const fieldOf = new Map(settings?.columns.map((column, place) => [column, settings.mapping[place]]));
    expect(fieldOf.get("Looked after by")).toBe("");
    expect([fieldOf.get("Tallybook ID"), fieldOf.get("No email")]).toEqual(["contactId", "noEmail"]);
  });
});
