import { describe, expect, test } from "vitest";
import { wholeList } from "~/features/contacts/export/whole-list.server";
import { readView } from "~/features/contacts/list/contact-list";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { createContact } from "~/features/contacts/edit-contact.server";

async function namesOf(scope: Scope, query: string, few?: number): Promise<string[]> {
  const { pages } = await wholeList(scope, readView(new URLSearchParams(query)), { few });
  const names: string[] = [];
  for await (const rows of pages) names.push(...rows.map(({ id }) => id));
  return names;
}

describe.each(databases)("a whole list on %s", (engine) => {
  test("has the same rows in the same order, whether it is sorted here or its index is walked", async () => {
    const scope = await given.scope(engine);
    for (const values of sampleContacts(120, 3).contacts) await createContact(scope, values);
    for (const query of [
      "",
      "sort=city&order=descending",
      "sort=created",
      "kind=business&sort=company",
      "q=a",
      "marks=none",
    ]) {
      const sorted = await namesOf(scope, query);
      expect(new Set(sorted).size).toBe(sorted.length);
      expect(await namesOf(scope, query, 1), query).toEqual(sorted);
    }
  });
});
