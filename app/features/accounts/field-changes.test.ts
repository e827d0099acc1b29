import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBegan, settleFields, writeBegan } from "~/features/accounts/field-changes";

const values = fc.record({ name: fc.constantFrom("a", "b", "c"), colour: fc.integer({ min: 1, max: 3 }) });

describe("two forms on the same fields", () => {
  test("only what I changed is written; what both changed to different things is a clash", () => {
    fc.assert(
      fc.property(values, values, values, (began, mine, now) => {
        const { changes, clashes } = settleFields({ began, mine, now });
        for (const field of ["name", "colour"] as const) {
          const [iChanged, theyChanged] = [mine[field] !== began[field], now[field] !== began[field]];
          expect(field in changes).toBe(iChanged && mine[field] !== now[field]);
          expect(clashes.includes(field)).toBe(iChanged && theyChanged && mine[field] !== now[field]);
        }
      }),
    );
  });

  test("how a form began comes back as it was", () => {
    fc.assert(
      fc.property(values, (now) => {
        expect(readBegan(writeBegan(now), now)).toEqual(now);
      }),
    );
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    "7",
    '{"name":{}}',
    '{"slug":"mine"}',
    '{"__proto__":{"name":"x"}}',
    "x".repeat(9_000),
  ])("%j says nothing about it", (text) => expect(readBegan(text, { name: "Brandt", colour: 1 })).toEqual({}));
});
