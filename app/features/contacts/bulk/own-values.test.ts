import { describe, expect, test } from "vitest";
import { askForBulk, findBulk, startBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { type BulkChange } from "~/features/contacts/bulk/bulk-edit";
import { countOwnValues } from "~/features/contacts/bulk/own-values.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { crowd } from "~/testing/given-bulk";

const company = (value: string): BulkChange => ({ what: "field", field: "company", value });

async function typedBy(scope: Scope, id: string, values: object): Promise<void> {
  const contact = await findContact(scope, id);
  if (!contact) throw new Error("The contact is gone");
  await editContact(scope, id, { version: contact.version, values: { ...contact.values, ...values } });
}

async function asked(scope: Scope, ids: readonly string[], change: BulkChange) {
  const edit = await findBulk(scope, await askForBulk(scope, { ids }, change));
  if (!edit) throw new Error("It is gone");
  return edit;
}

describe.each(databases)("before a change of many on %s", (engine) => {
  test("it is counted whose value was typed by hand, of those that would change and in that field", async () => {
    const scope = await given.scope(engine);
    const ids = await crowd(scope, 4);
    await typedBy(scope, ids[0] ?? "", { company: "Okafor Ltd" });
    await typedBy(scope, ids[1] ?? "", { company: "Brandt GmbH" });
    await typedBy(scope, ids[2] ?? "", { jobTitle: "Bookkeeper" });
    const edit = await asked(scope, ids, company("Brandt GmbH"));
    expect(edit).toMatchObject({ toChange: 3, same: 1 });
    expect(await countOwnValues(scope, edit)).toBe(1);
    expect(await countOwnValues(scope, await asked(scope, ids, { what: "tag", tags: ["client"] }))).toBe(0);
    await startBulk(scope, edit.id);
    // What was said for many is said by hand, too.
    expect(await countOwnValues(scope, await asked(scope, ids, company("Adebayo Ceramics")))).toBe(4);
  });
});
