/** Whatever the rows and the rules: what holds of every import. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContactValues } from "~/features/contacts/contact";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { databases } from "~/testing/databases";
import { type Firm, givenFirm, imported, everybody } from "~/testing/given-rules";

const cell = (...texts: string[]) => fc.constantFrom("", ...texts, "[clear]");
const anyRow = fc.record({
  "Given name": cell("Ann", "Ben"),
  "Family name": cell("Okafor", "Adebayo"),
  Company: cell("Kiln Row Pottery", "Hale & Partners"),
  "Job title": cell("Partner", "Potter"),
  Email: fc.constantFrom("a@x.example", "b@x.example", "c@x.example"),
  Mobile: cell("020 7946 0182", "020 7946 0999"),
  Tags: cell("client", "donor"),
  "No email": fc.constantFrom("", "yes", "no"),
});
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 6 });
const anyFields = fc.dictionary(
  fc.constantFrom("name", "company", "jobTitle", "emails", "phones", "tags"),
  fc.constantFrom("overwrite" as const, "empty" as const, "never" as const),
);
const anyRules = fc.record({
  what: fc.constantFrom("both" as const, "create" as const, "update" as const, "fill" as const),
  // By name a row can be somebody of another email, whom only a row above it made.
  match: fc.constant("email"),
  fields: anyFields,
});

/**
 * What is said by anybody, by their emails: ids differ from firm to firm. Not the kind, which the first row that tells of
 * somebody new gives them where nobody says it.
 */
async function told(firm: Firm) {
  const all = await everybody(firm);
  return Object.fromEntries(
    all.map(({ values: { kind: _, ...values }, no }) => [
      values.emails.map(({ value }) => value).join(),
      { values, no },
    ]),
  );
}

const isBlank = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

describe.each(databases)("whatever the rows, on %s", (engine) => {
  const runs = { numRuns: engine === "sqlite" ? 12 : 5 };

  test("no rule goes further than it says, the order of rows decides nothing, and the same again is 0 changes", async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, anyRows, anyRules, async (first, second, rules) => {
        const [firm, other] = [await givenFirm(engine), await givenFirm(engine)];
        for (const one of [firm, other]) await imported(one, first, { match: "email" });
        const before = await told(firm);
        const { counts } = await imported(firm, second, rules);
        const after = await told(firm);
        await imported(other, [...second].reverse(), rules);
        expect(await told(other)).toEqual(after);

        if (rules.what === "update") expect(counts[0]).toBe(0);
        if (rules.what === "create") expect(after).toMatchObject(before);
        for (const [email, { values, no }] of Object.entries(before)) {
          expect(after[email]?.no).toEqual(expect.arrayContaining(no));
          const fields = rules.what === "fill" ? Object.keys(values) : emptyOnly(rules.fields);
          for (const key of fields as (keyof Omit<ContactValues, "kind">)[]) {
            if (!isBlank(values[key])) expect(after[email]?.values[key]).toEqual(values[key]);
          }
        }
        const again = await imported(firm, second, rules);
        expect(again.counts.slice(0, 2)).toEqual([0, 0]);
        expect(await told(firm)).toEqual(after);
      }),
      runs,
    );
  }, 120_000);
});

function emptyOnly(fields: WritingRules["fields"]): string[] {
  return Object.entries(fields).flatMap(([field, rule]) => {
    if (rule === "overwrite") return [];
    return field === "name" ? ["givenName", "familyName"] : [field];
  });
}
