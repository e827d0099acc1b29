import { expect, test } from "vitest";
import { readView } from "~/features/contacts/list/contact-list";
import { countLine, sortLine } from "~/features/contacts/list/count-line";

test.each([
  ["", 1_204, "1,204 people, companies and estates."],
  ["", 1, "1 contact."],
  ["kind=business", 284, "284 companies."],
  ["kind=business", 1, "1 company."],
  ["kind=individual", 0, "0 people."],
  ["kind=estate&q=carver", 2, "2 found for “carver”."],
  ["tag=0190a1b2-0000-7000-8000-000000000001", 2, "2 contacts."],
  ["archived=yes", 0, "Whoever is put aside is here, and in no other list and no search."],
])("a list of ?%s with %i says: %s", (query, total, expected) => {
  expect(countLine(readView(new URLSearchParams(query)), { total, capped: false }, "en-GB")).toBe(expected);
});

test("a list that stopped counting says so", () => {
  expect(countLine(readView(new URLSearchParams("kind=business")), { total: 10_000, capped: true }, "en-GB")).toBe(
    "10,000+ companies.",
  );
});

test.each([
  ["", ""],
  ["sort=created", ""],
  ["sort=city", "Sorted by city, A to Z."],
  ["sort=city&columns=city", ""],
  ["sort=changed&columns=email", "Sorted by last change, newest first."],
  ["sort=created&order=ascending&columns=changed", "Sorted by when they were made, oldest first."],
])("a list of ?%s says how it is sorted where no column does: %s", (query, expected) => {
  expect(sortLine(readView(new URLSearchParams(query)))).toBe(expected);
});
