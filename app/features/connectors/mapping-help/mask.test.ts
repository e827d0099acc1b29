import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mask, maskedSamples } from "~/features/connectors/mapping-help/mask";

/** Whatever stands for a letter or a digit in a masked value. */
const letterOrDigit = /[\p{L}\p{M}\p{N}]/gu;

/** Another letter or digit in the place of each, of the same kind and case. */
function otherwise(value: string): string {
  return value
    .replace(/[a-wyz]/g, "q")
    .replace(/[A-WYZ]/g, "Q")
    .replace(/[0-8]/g, "7");
}

describe("a sample that leaves the house", () => {
  test("keeps the shape by which people know what it is", () => {
    const shapes = {
      "folasade.adebayo@kiln.example": "xxxx.xxxx@xxxx.xxxx",
      "+44 20 7946 0182": "+99 99 9999 9999",
      "1958-03-04": "9999-99-99",
      "E8 4QN": "X9 9XX",
      "Folasade Adebayo": "Xxxx Xxxx",
      "BRANDT HOLZBAU GMBH": "XXXX XXXX XXXX",
      "  Łukasz\t\nŻak ": "Xxxx Xxx",
      "＋４４　２０": "+99 99",
      "山田 太郎": "xx xx",
      "1 €": "9 ?",
      "👩‍👩‍👧": expect.stringMatching(/^\?+$/) as string,
      "": "",
    };
    for (const [value, shape] of Object.entries(shapes)) expect([value, mask(value)]).toEqual([value, shape]);
  });

  test("holds no letter but x and no digit but 9, whatever it was made from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (value) => {
        const left = mask(value).match(letterOrDigit) ?? [];
        expect(left.filter((each) => !["x", "X", "9"].includes(each))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("says nothing of which letters and digits those were, nor of how long names are beyond four", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 120 }), (value) => {
        expect(mask(otherwise(value))).toBe(mask(value));
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{3,30}$/), fc.stringMatching(/^[A-Z][a-z]{3,30}$/), (one, other) => {
        expect(mask(one)).toBe(mask(other));
      }),
    );
  });

  test("is short, and each shape is sent once, of no more values than was agreed to", () => {
    const notes = "Met her at the fair in May; she asked about the kiln and wants to be called. ".repeat(3_000);
    expect(mask(notes)).toMatch(/^.{1,40}…$/);
    expect(maskedSamples(["Ann", "Jan", "", "Folasade Adebayo", "AB 12", "+49 30"], 3)).toEqual([
      "Xxx",
      "Xxxx Xxxx",
      "XX 99",
    ]);
    expect(maskedSamples(["Ann"], 0)).toEqual([]);
  });

  test("takes no time, however long or odd the value is", () => {
    const started = performance.now();
    for (const odd of ["a".repeat(5_000_000), "\u0301".repeat(1_000_000), " ".repeat(5_000_000)]) mask(odd);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
