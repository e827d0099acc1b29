import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCommonPasswords } from "~/features/sign-in/common-passwords.server";
import { newPasswordHint, passwordAdvice, passwordLength, passwordProblem } from "~/features/sign-in/password-rules";
import { hashCost } from "~/features/sign-in/hash-cost.server";
import { hashPassword, judgePassword, storePasswordHash, verifyPassword } from "~/features/sign-in/passwords.server";
import { databases } from "~/testing/databases";
import { given, testKeys } from "~/testing/given";
import { givenPending, goodPassword } from "~/testing/given-sign-in";

const ann = { name: "Ann Okafor", email: "ann.okafor@lindqvist.example" };
const judge = (password: string, hasSecondFactor = false) =>
  judgePassword(password, { user: ann, hasSecondFactor, words: ["Okafor & Lindqvist Solicitors"] });

describe("a new password", () => {
  test.each([
    ["four plain words in a row", null],
    ["é".repeat(8) + "ñandú corre lejos", null],
    ["🐢 slow and steady wins", null],
    ["   spaces at both ends   ", null],
    ["fourteen-chars", "too-short"],
    ["aaaaaaaaaaaaaaa", "too-common"],
    ["abcabcabcabcabcabc", "too-common"],
    ["123456789012345", "too-common"],
    ["abcdefghijklmnop", "too-common"],
    ["PasswordPassword", "too-common"],
    ["qwertyuiopasdfghjkl", "too-common"],
    ["tallybook-2026-tallybook", "too-guessable"],
    ["ann.okafor@lindqvist", "too-guessable"],
    ["Okafor-Lindqvist-1!", "too-guessable"],
    ["Solicitors2026!!!", "too-guessable"],
    ["okafor rides an orange bicycle", null],
    ["x".repeat(1_001), "too-long"],
  ])("%j is judged %s", async (password, problem) => expect(await judge(password)).toBe(problem));

  test("needs 15 characters alone and 12 beside a second factor", async () => {
    expect(await judge("kelp-moth-ox")).toBe("too-short");
    expect(await judge("kelp-moth-ox", true)).toBeNull();
    expect(await judge("kelp-moth-o", true)).toBe("too-short");
  });

  test("of 64 and more characters of any script is accepted", async () => {
    const words = "зимний лес тихо спит под снегом и ждёт весны которая придёт нескоро";
    expect(passwordLength(words)).toBeGreaterThan(64);
    expect(await judge(words)).toBeNull();
    const syllables = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0xe0 + ((i * 7) % 23))).join("");
    expect(await judge(syllables)).toBeNull();
  });

  test("needs no particular kinds of characters: random letters are always accepted", async () => {
    const isCommon = await loadCommonPasswords();
    const letters = fc.string({ unit: fc.constantFrom(..."bcdfghjkmnpqrstvwxz"), minLength: 15, maxLength: 80 });
    fc.assert(
      fc.property(letters, (password) => {
        fc.pre(new Set(password).size > 6);
        return passwordProblem(password, { hasSecondFactor: false, words: [ann.name], isCommon }) === null;
      }),
    );
  });

  test("every refusal says what to do", () => {
    expect(passwordAdvice("too-short", false)).toContain("at least 15 characters");
    expect(passwordAdvice("too-short", true)).toContain("at least 12 characters");
    expect(newPasswordHint(false)).toMatch(/^15 characters or more, .* beside one 12 are enough/);
    expect(newPasswordHint(true)).toMatch(
      /^12 characters or more, as you also have a second factor; without one it is 15/,
    );
    for (const problem of ["too-long", "too-common", "too-guessable"] as const) {
      expect(passwordAdvice(problem, false)).toMatch(/^(Use|This).*\.$/);
    }
  });
});

describe("a stored password", () => {
  test("fits itself only, in full: what differs at byte 73 does not fit", async () => {
    const [one, other] = ["x".repeat(72) + "AAA", "x".repeat(72) + "BBB"];
    const hash = await hashPassword(testKeys, one);
    expect(hash).toMatch(/^\$2b\$\d\d\$/);
    expect(await verifyPassword(testKeys, one, hash)).toBe(true);
    expect(await verifyPassword(testKeys, other, hash)).toBe(false);
    const accents = await hashPassword(testKeys, "é".repeat(64));
    expect(await verifyPassword(testKeys, "é".repeat(63), accents)).toBe(false);
  });

  test("fits however its accents were typed", async () => {
    const hash = await hashPassword(testKeys, "caf\u00e9 au lait sans sucre");
    expect(await verifyPassword(testKeys, "cafe\u0301 au lait sans sucre", hash)).toBe(true);
  });

  test("is worth nothing without this installation's secret", async () => {
    const hash = await hashPassword(testKeys, goodPassword);
    const elsewhere = (await import("~/platform/encryption.server")).keysFrom({
      secretKey: "another installation's secret, long enough",
      encryptionKeys: [],
    });
    expect(await verifyPassword(elsewhere, goodPassword, hash)).toBe(false);
  });

  test("that is not there fits nothing, not even the empty password", async () => {
    for (const password of ["", goodPassword]) expect(await verifyPassword(testKeys, password, null)).toBe(false);
  });

  test("costs 2^12 rounds in every program, whatever NODE_ENV says; only the tests' own set-up asks for less", () => {
    const source = `
      import { keysFrom } from "./app/platform/encryption.server.ts";
      import { hashPassword } from "./app/features/sign-in/passwords.server.ts";
      const keys = keysFrom({ secretKey: "of no use elsewhere, long enough", encryptionKeys: [] });
      console.log(await hashPassword(keys, "four plain words in a row"));`;
    const program = ["--import", "tsx", "--input-type=module", "-e", source];
    const hash = execFileSync(process.execPath, program, { env: { ...process.env, NODE_ENV: "test" } });
    expect(hash.toString()).toMatch(/^\$2b\$12\$/);
  });

  test("when too many are checked at once, the last are told to come again", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, () => verifyPassword(testKeys, goodPassword, null)),
    );
    const busy = all.filter((one) => one.status === "rejected");
    expect(busy.length).toBeGreaterThan(0);
    expect(String(busy[0]?.reason)).toContain("HashingBusyError");
    expect(await verifyPassword(testKeys, goodPassword, null)).toBe(false);
  });
});

describe.each(databases)("passwords on %s", (engine) => {
  test("a hash of another cost is renewed at the next sign-in", async () => {
    const scope = await given.installation(engine);
    const user = await given.user(scope);
    await storePasswordHash(scope, user.id, await hashPassword(scope.keys, goodPassword, hashCost() + 1));
    const cost = async () => {
      const row = await scope.db
        .selectFrom("passwords")
        .select("hash")
        .where("user_id", "=", user.id)
        .executeTakeFirst();
      return Number(row?.hash.slice(4, 6));
    };
    expect(await cost()).toBe(hashCost() + 1);
    await givenPending(scope, user);
    expect(await cost()).toBe(hashCost());
    await givenPending(scope, user);
  });
});
