import { describe, expect, test } from "vitest";
import { createContact } from "~/features/contacts/edit-contact.server";
import { nothingKnown } from "~/features/contacts/contact";
import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { listTags } from "~/features/contacts/tags.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const many = (count: number, prefix = "tag") => Array.from({ length: count }, (_, n) => `${prefix} ${n}`);

describe.each(databases)("tags on %s", (database) => {
  test("more of them, and of emails, than a statement takes are written all the same", async () => {
    const scope = await given.scope(database);
    const emails = many(12_000).map((_, n) => ({ value: `f.${n}@adebayo.example`, label: null }));
    const values = { ...nothingKnown, familyName: "Adebayo", tags: many(12_000), emails };
    await inTransaction(scope, (scope) => writeNewContacts(scope, [{ id: newId(), values }]));
    const count = scope.db.selectFrom("contact_tags").select((eb) => eb.fn.countAll<number>().as("count"));
    const { count: linked } = await count.where("account_id", "=", scope.account.id).executeTakeFirstOrThrow();
    expect(linked).toBe(12_000);
  });

  test("people who make the same new tags at once do not wait for each other for ever", async () => {
    const scope = await given.scope(database);
    const create = (tags: string[]) => createContact(scope, { ...nothingKnown, familyName: "Okafor", tags });
    for (let round = 0; round < 10; round++) {
      const tags = many(40, `round ${round}`);
      const both = await Promise.all([create(tags), create([...tags].reverse())]);
      expect(both.map((one) => one.ok)).toEqual([true, true]);
    }
    expect(await listTags(scope)).toHaveLength(400);
  });
});
