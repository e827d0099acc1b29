import fc from "fast-check";
import { expect, test } from "vitest";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { contactFields, type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { mergeEdit } from "~/features/contacts/form/merge-edit";

const said = (values: Partial<ContactValues>): ContactValues => ({ ...nothingKnown, ...values });

test("what only they changed stays theirs, what only I changed is mine", () => {
  const original = said({ familyName: "Adebayo", company: null, notes: null });
  const theirs = { ...original, company: "Adebayo Ceramics" };
  const mine = { ...original, notes: "Rings on Fridays." };
  expect(mergeEdit({ original, theirs, mine })).toEqual({
    merged: { ...original, company: "Adebayo Ceramics", notes: "Rings on Fridays." },
    kept: ["company"],
    clashes: [],
  });
});

test("a field that both changed is a clash, unless both changed it to the same", () => {
  const original = said({ jobTitle: "Potter", company: "Kiln Row" });
  const theirs = { ...original, jobTitle: "Owner", company: "Adebayo Ceramics" };
  const mine = { ...original, jobTitle: "Founder", company: "Adebayo Ceramics" };
  expect(mergeEdit({ original, theirs, mine })).toEqual({ merged: mine, kept: [], clashes: ["jobTitle"] });
});

test("where nobody knows what it said, all that differs is asked", () => {
  const theirs = said({ company: "Adebayo Ceramics" });
  const mine = said({ notes: "Rings on Fridays." });
  expect(mergeEdit({ original: null, theirs, mine }).clashes).toEqual(["company", "notes"]);
});

const word = fc.constantFrom(null, "Adebayo", "Okafor", "Brandt");
const contact = fc
  .record({
    familyName: word,
    givenName: word,
    company: word,
    jobTitle: word,
    notes: word,
    tags: fc.subarray(["client", "donor"]),
    emails: fc.subarray([
      { value: "ann@okafor.example", label: null },
      { value: "office@okafor.example", label: "work" },
    ]),
  })
  .map(said);

test("each field is one of the three sides' as a whole, and nobody's change is lost unasked", () => {
  fc.assert(
    fc.property(contact, contact, contact, (original, theirs, mine) => {
      const { merged, kept, clashes } = mergeEdit({ original, theirs, mine });
      const differs = (a: ContactValues, b: ContactValues, field: string) =>
        changedFieldsOf(a, b).some((changed) => changed === field);
      for (const field of contactFields) {
        const [byThem, byMe] = [differs(original, theirs, field), differs(original, mine, field)];
        expect(differs(merged, byMe ? mine : theirs, field)).toBe(false);
        expect(clashes.includes(field)).toBe(byThem && byMe && differs(theirs, mine, field));
        expect(kept.includes(field)).toBe(byThem && !byMe);
      }
    }),
  );
});

test("who is first makes no difference to what is not a clash, and an edit without a change changes nothing", () => {
  fc.assert(
    fc.property(contact, contact, contact, (original, theirs, mine) => {
      const one = mergeEdit({ original, theirs, mine });
      const other = mergeEdit({ original, theirs: mine, mine: theirs });
      expect(one.clashes).toEqual(other.clashes);
      expect(changedFieldsOf(one.merged, other.merged)).toEqual(one.clashes);
      expect(mergeEdit({ original, theirs, mine: original })).toMatchObject({ merged: theirs, clashes: [] });
    }),
  );
});
