/** Imports and what people do between them: undone all is as it was, and redone as it had become. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact, unpinField } from "~/features/contacts/edit-contact.server";
import { type ContactField, type ContactValues } from "~/features/contacts/contact";
import { assignOwner } from "~/features/contacts/owners.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { importedRows, undoneWholly } from "~/testing/given-undo";

const first = ["Ann", "Ben", "Chidi", "Dana", "Edda"];
const emailOf = (name: string) => `${name.toLowerCase()}@okafor.example`;

type Row = Record<string, string>;

const row: fc.Arbitrary<Row> = fc.record({
  "Given name": fc.constantFrom(...first),
  Company: fc.constantFrom("", "Kiln Row Pottery", "Hale & Partners"),
  "Job title": fc.constantFrom("", "Potter", "Trustee"),
  Phone: fc.constantFrom("", "020 7946 0182"),
  Tags: fc.constantFrom("", "client", "client; donor"),
});

const edits: ((values: ContactValues, text: string) => Partial<ContactValues>)[] = [
  (_, text) => ({ company: text }),
  (_, text) => ({ jobTitle: text }),
  ({ tags }, text) => ({ tags: tags.includes(text) ? [] : [...tags, text] }),
  ({ phones }) => ({ phones: phones.length > 0 ? [] : [{ value: "+442079460183", label: null }] }),
  () => ({ emails: [] }),
];

type Step = { who: number; pick: number; text: string } & (
  { act: "import"; rows: Row[] } | { act: "edit" | "unpin" | "archive" | "remove" | "mark" | "give" }
);

const where = {
  who: fc.nat(9),
  pick: fc.nat(99),
  text: fc.constantFrom("Potter", "Trustee", "Brandt Holzbau GmbH"),
};
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ ...where, act: fc.constant("import"), rows: fc.array(row, { minLength: 1, maxLength: 6 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...where,
      act: fc.constantFrom("edit", "edit", "unpin", "archive", "remove", "mark", "give"),
    }),
  },
) as fc.Arbitrary<Step>;

async function idsOf(scope: Scope): Promise<string[]> {
  const rows = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
  return (await rows.where("deleted_at", "is", null).orderBy("id").execute()).map(({ id }) => id);
}

async function act(scope: Scope, step: Step): Promise<void> {
  if (step.act === "import") {
    await importedRows(
      scope,
      step.rows.map((row) => ({ ...row, Email: emailOf(row["Given name"] ?? "") })),
    );
    return;
  }
  const ids = await idsOf(scope);
  const id = ids[step.who % ids.length];
  const contact = id ? await findContact(scope, id) : null;
  if (!id || !contact) return;
  const pinned = Object.keys(contact.pins) as ContactField[];
  const acts = {
    edit: () => {
      const values = { ...contact.values, ...edits[step.pick % edits.length]?.(contact.values, step.text) };
      return editContact(scope, id, { version: contact.version, values });
    },
    unpin: () => unpinField(scope, id, pinned[step.pick % pinned.length] ?? "company"),
    archive: () => archiveContact(scope, id),
    remove: () => deleteContacts(scope, [id]),
    mark: () => markDoNotContact(scope, id, { channels: ["email"], reason: step.text }),
    give: () => assignOwner(scope, [id], null),
  };
  await acts[step.act]();
}

/** All that is there and how it came about, but for what tells only that and when it was written. */
async function whatStands(scope: Scope): Promise<object> {
  const { unguarded } = scope.database;
  const own = scope.account.id;
  const contacts = await unguarded
    .selectFrom("contacts")
    .selectAll()
    .where("account_id", "=", own)
    .orderBy("id")
    .execute();
  const there = contacts.filter(({ deleted_at }) => deleted_at === null);
  const ids = there.map(({ id }) => id);
  const parts: Record<string, string[]> = {};
  for (const table of [
    "contact_points",
    "contact_tags",
    "contact_records",
    "contact_pins",
    "do_not_contact_marks",
  ] as const) {
    const rows =
      ids.length === 0 ? [] : await unguarded.selectFrom(table).selectAll().where("contact_id", "in", ids).execute();
    const stand = rows.filter((row) => !("withdrawn_at" in row) || row.withdrawn_at === null);
    parts[table] = stand.map((row) => JSON.stringify(row)).sort();
  }
  return { contacts: there.map((contact) => ({ ...contact, version: 0, changed_at: "" })), ...parts };
}

async function setsOf({ db, account }: Scope): Promise<string[]> {
  const sets = db.selectFrom("change_sets").select("id").where("account_id", "=", account.id).where("turn", "=", 0);
  return (await sets.where("action", "!=", "change.undone").orderBy("id").execute()).map(({ id }) => id);
}

describe.each(databases)("imports and edits on %s", (engine) => {
  test("undone in reverse order are as if they had never been; redone they are back; and so once more", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const clock = testClock();
        const scope = await given.scope(engine, "admin", { clock: { now: () => (clock.advance(1), clock.now()) } });
        await given.contact(scope, {
          givenName: "Ann",
          emails: [{ value: emailOf("Ann"), label: null }],
          tags: ["client"],
        });
        await importedRows(scope, [
          { "Given name": "Ben", Email: emailOf("Ben"), Company: "Kiln Row Pottery", Tags: "donor" },
        ]);
        const [before, known] = [await whatStands(scope), await setsOf(scope)];
        for (const one of steps) {
          clock.advance(1_000);
          await act(scope, one);
        }
        clock.advance(1_000);
        const after = await whatStands(scope);
        let line = (await setsOf(scope)).filter((id) => !known.includes(id));
        for (const wanted of [before, after, before]) {
          const next: string[] = [];
          for (const id of line.reverse()) {
            const { changeSetId, undone, left } = await undoneWholly(scope, id);
            expect(left).toEqual([]);
            // An import may have changed nothing.
            if (changeSetId && undone > 0) next.push(changeSetId);
            clock.advance(1_000);
          }
          expect(await whatStands(scope)).toEqual(wanted);
          line = next;
        }
      }),
      { numRuns: 15 },
    );
  }, 240_000);
});
