/** Whatever contacts said before, rewriting them leaves every row as writing them for the first time does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { fieldOf } from "~/features/contacts/custom/custom-field";
import { addField } from "~/features/contacts/custom/custom-fields.server";
import { rewriteContacts, writeNewContacts } from "~/features/contacts/serve-contact.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const orNothing = (...texts: string[]) => fc.constantFrom(null, ...texts);
const kiln = { street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" };
const quay = { street: "3 Custom House Quay", city: "Galway", region: null, postalCode: "H91 X7W2", country: "IE" };

function anyValues(ownField: string): fc.Arbitrary<ContactValues> {
  return fc
    .record({
      givenName: orNothing("Folasade", "Jürgen"),
      familyName: orNothing("Adebayo", "Größl"),
      company: orNothing("Adebayo Ceramics"),
      notes: orNothing("Prefers to be called after four."),
      emails: fc.subarray([
        { value: "f.adebayo@adebayo-ceramics.example", label: "work" },
        { value: "Folasade@post.example", label: null },
      ]),
      phones: fc.subarray([{ value: "+442079460182", label: "mobile" }]),
      addresses: fc.subarray([
        { label: null, ...kiln },
        { label: "billing", ...quay },
      ]),
      tags: fc.subarray(["client", "newsletter", "Client of the year"]),
      [ownField]: orNothing("Gold", "Silver"),
    })
    .map((values) => ({ ...nothingKnown, ...values }));
}

/** All that is stored of contacts, in their order, without what no two share. */
async function storedOf(scope: Scope, ids: readonly string[]) {
  const place = (id: string) => ids.indexOf(id);
  const of = async (table: "contact_points" | "contact_tags" | "contact_custom_values") => {
    const rows = await scope.db
      .selectFrom(table)
      .selectAll()
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "in", ids)
      .execute();
    return rows.map((row) => JSON.stringify({ ...row, contact_id: place(row.contact_id) })).sort();
  };
  const contacts = await scope.db
    .selectFrom("contacts")
    .selectAll()
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .execute();
  const plain = contacts
    .sort((one, other) => place(one.id) - place(other.id))
    .map(({ id: _, created_at: __, changed_at: ___, version: ____, ...row }) => ({ ...row, search_id: null }));
  return [plain, await of("contact_points"), await of("contact_tags"), await of("contact_custom_values")];
}

describe.each(databases)("rewriting contacts on %s", (engine) => {
  test("leaves what writing them for the first time leaves", async () => {
    const scope = await given.scope(engine);
    const facts = { name: "Standing", choices: ["Gold", "Silver"], hint: null, required: false };
    const field = await addField(scope, { type: "choice", ...facts });
    if (!field.ok) throw new Error(field.reason);
    const anyPair = fc.tuple(anyValues(fieldOf(field)), anyValues(fieldOf(field)));
    await fc.assert(
      fc.asyncProperty(fc.array(anyPair, { minLength: 1, maxLength: 5 }), async (pairs) => {
        const [rewritten, fresh] = [pairs.map(() => newId()), pairs.map(() => newId())];
        await inTransaction(scope, async (scope) => {
          const write = (ids: string[], version: 0 | 1) =>
            pairs.map((pair, at) => ({ id: ids[at] ?? "", values: pair[version] }));
          await writeNewContacts(scope, write(rewritten, 0));
          await rewriteContacts(scope, write(rewritten, 1));
          await writeNewContacts(scope, write(fresh, 1));
        });
        expect(await storedOf(scope, rewritten)).toEqual(await storedOf(scope, fresh));
      }),
      { numRuns: 40 },
    );
  });
});
