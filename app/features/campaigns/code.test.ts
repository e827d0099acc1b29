import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, printedCode, readCode } from "~/features/campaigns/code";

const code = fc.array(fc.nat(31), { minLength: 5, maxLength: 5 }).map(codeOf);
const place = fc.nat(5);

describe("a code", () => {
  test("is read however it is typed: small letters, spaces, with its prefix, O for 0 and I or l for 1", () => {
    fc.assert(
      fc.property(code, (code) => {
        const ways = [
          code,
          code.toLowerCase(),
          ` ${code.slice(0, 3)} ${code.slice(3)} `,
          printedCode(code, "SPR26"),
          `advent ${code}`,
        ];
        const looked = code.replaceAll("0", "o").replaceAll("1", "l");
        return [...ways, looked].every((typed) => {
          const read = readCode(typed);
          return read.ok && read.code === code;
        });
      }),
    );
  });

  test("with one wrong character is refused, whichever it is", () => {
    fc.assert(
      fc.property(code, place, fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), (code, at, letter) => {
        const wrong = code.slice(0, at) + letter + code.slice(at + 1);
        const read = readCode(wrong);
        return wrong === code ? read.ok : !read.ok && read.reason === "wrong-check";
      }),
      { numRuns: 1_000 },
    );
  });

  test("with any two characters swapped is refused", () => {
    fc.assert(
      fc.property(code, place, place, (code, one, other) => {
        const letters = Array.from(code);
        [letters[one], letters[other]] = [letters[other] ?? "", letters[one] ?? ""];
        return letters.join("") === code || !readCode(letters.join("")).ok;
      }),
      { numRuns: 1_000 },
    );
  });

  test("is six of its characters and nothing else", () => {
    for (const typed of ["", "12345", "1234567", "12345U", "ann@example.com", "x".repeat(100_000)]) {
      expect(readCode(typed)).toEqual({ ok: false, reason: "no-code" });
    }
  });
});
