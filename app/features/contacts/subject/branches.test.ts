/** Of thousands of branches of one name a row finds its own as if it had asked each, and nearly as fast as among few. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { sameCompany } from "~/features/contacts/subject/companies-apart.server";
import { type ContactRow, type KnownContact, knownContacts } from "~/features/contacts/subject/known-contacts.server";
import { usualRules } from "~/features/pipeline/subject-rules";

const place = fc.record({
  country: fc.constantFrom(null, "GB", "CA", "Yorkshire (UK)"),
  city: fc.constantFrom(null, "Leeds", "LEEDS", "York", ""),
  postalCode: fc.constantFrom(null, "LS1 4AP", "ls14ap", "YO1 7LZ", "-"),
});
const branch = fc.record({
  addresses: fc.array(place, { maxLength: 2 }),
  emails: fc.array(fc.constantFrom("office@okafor.example", "sales@OKAFOR.example", "hello@sons.example", "hello@"), {
    maxLength: 2,
  }),
  phones: fc.array(fc.constantFrom("+441134960001", "+441904960002"), { maxLength: 1 }),
});
type Branch = typeof branch extends fc.Arbitrary<infer One> ? One : never;

const valuesOf = ({ addresses, emails, phones }: Branch) => ({
  ...{ ...nothingKnown, kind: "business" as const, company: "Okafor & Sons" },
  addresses: addresses.map((one) => ({ label: null, street: null, region: null, ...one })),
  emails: emails.map((value) => ({ value, label: null })),
  phones: phones.map((value) => ({ value, label: null })),
});

function contactOf(one: Branch, index: number): KnownContact {
  const values = valuesOf(one);
  return {
    ...{ id: `branch-${index}`, members: [], pins: new Set<never>(), values, before: values, isOfThisRun: false },
    ...{ forbidden: new Set<never>(), unstored: [], isNew: false, isArchived: false },
  };
}

/** It has no email that anybody else has: that would decide before its name. */
const rowOf = (one: Branch): ContactRow => {
  const emails = valuesOf(one).emails.map(({ value }) => ({ value: `row-${value}`, label: null }));
  return { rawRecordId: "", hash: "row", canonical: { data: { ...valuesOf(one), emails } } } as unknown as ContactRow;
};

/** As decision 014 has it, each asked. */
function plain(contacts: readonly KnownContact[], one: Branch): string[] {
  const row = valuesOf(one);
  const judged = contacts.map(({ id, values }) => {
    const sharesPhone = values.phones.some(({ value }) => row.phones.some((other) => other.value === value));
    return { id, nearness: sharesPhone ? "same" : sameCompany(values, row) };
  });
  const those = (nearness: string) => judged.filter((each) => each.nearness === nearness).map(({ id }) => id);
  return those("same").length > 0 ? those("same") : those("open");
}

const found = (known: ReturnType<typeof knownContacts>, one: Branch) =>
  known.find(rowOf(one)).contacts.map(({ id }) => id);

test("a row fits the branches that it would fit if each was asked, also once some have moved", () => {
  fc.assert(
    fc.property(
      fc.array(branch, { maxLength: 12 }),
      fc.array(branch, { minLength: 1, maxLength: 12 }),
      branch,
      (ones, moves, row) => {
        const contacts = ones.map(contactOf);
        const known = knownContacts(contacts, usualRules);
        expect(found(known, row)).toEqual(plain(contacts, row));
        contacts.slice(0, moves.length).forEach((contact, index) => {
          contact.values = valuesOf(moves[index]!);
          known.add(contact);
        });
        const opened = contactOf(moves[0]!, 99);
        known.add(opened);
        expect(found(known, row)).toEqual(plain([...contacts, opened], row));
      },
    ),
    { numRuns: 2_000 },
  );
});

const inTown = (n: number): Branch => ({
  addresses: [{ country: "GB", city: `Town ${n}`, postalCode: `LS${n} 4AP` }] as never,
  emails: [`b${n}@okafor.example`] as never,
  phones: [],
});

test("among ten times as many branches rows are found in about the same time", () => {
  const timeFor = (count: number) => {
    const known = knownContacts(
      Array.from({ length: count }, (_, n) => contactOf(inTown(n), n)),
      usualRules,
    );
    expect(found(known, inTown(0))).toEqual(["branch-0"]);
    const begun = performance.now();
    for (let n = 0; n < 1_000; n++) expect(found(known, inTown(n % 2 === 0 ? n : count + n)).length).toBe((n + 1) % 2);
    return performance.now() - begun;
  };
  timeFor(1_000);
  expect(timeFor(10_000)).toBeLessThan(3 * timeFor(1_000) + 100);
});
