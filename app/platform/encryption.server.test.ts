import { createSecretKey, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Keys, newToken, purposeKey, seal, sealedWith, unseal } from "~/platform/encryption.server";

const newKey = (kid: string) => ({ kid, key: createSecretKey(randomBytes(32)) });
const keys: Keys = { master: createSecretKey(randomBytes(48)), encryption: [newKey("k2"), newKey("k1")] };
const place = { ownerId: "0193-a", rowId: "0193-b", field: "totp.secret" };

describe("sealing", () => {
  test("what was sealed opens again in its place, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => unseal(keys, place, seal(keys, place, text)) === text),
    );
  });

  test("the envelope says its version and key, and two of the same text differ", () => {
    expect(seal(keys, place, "x")).toMatch(/^v1\.k2\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(seal(keys, place, "x")).not.toBe(seal(keys, place, "x"));
    expect(sealedWith(seal(keys, place, "x"))).toBe("k2");
  });

  test("a value copied to another owner, row or field does not open", () => {
    const sealed = seal(keys, place, "JBSWY3DPEHPK3PXP");
    for (const moved of [{ ownerId: "0193-c" }, { rowId: "0193-c" }, { field: "totp.other" }]) {
      expect(() => unseal(keys, { ...place, ...moved }, sealed)).toThrow("does not open here");
    }
  });

  test("an altered ciphertext, a shortened tag and a renamed key are refused", () => {
    const [v, kid, iv, text, tag] = seal(keys, place, "JBSWY3DPEHPK3PXP").split(".") as [
      string,
      string,
      string,
      string,
      string,
    ];
    const flipped = (text.startsWith("A") ? "B" : "A") + text.slice(1);
    for (const parts of [
      [v, kid, iv, flipped, tag],
      [v, kid, iv, text, Buffer.from(tag, "base64url").subarray(0, 4).toString("base64url")],
      [v, "k1", iv, text, tag],
      [v, kid, "", text, tag],
      ["v2", kid, iv, text, tag],
    ]) {
      expect(() => unseal(keys, place, parts.join("."))).toThrow("does not open here");
    }
  });

  test("an older key still opens; a removed one is named in a clear error", () => {
    const before: Keys = { ...keys, encryption: keys.encryption.slice(1) };
    const sealed = seal(before, place, "kept");
    expect(unseal(keys, place, sealed)).toBe("kept");
    const after: Keys = { ...keys, encryption: keys.encryption.slice(0, 1) };
    expect(() => unseal(after, place, sealed)).toThrow('No encryption key is named "k1"');
  });
});

describe("keys", () => {
  test("each purpose has a key of its own, always the same", () => {
    expect(purposeKey(keys, "password-pepper")).toEqual(purposeKey(keys, "password-pepper"));
    expect(purposeKey(keys, "password-pepper")).not.toEqual(purposeKey(keys, "cookie"));
    expect(purposeKey(keys, "cookie")).toHaveLength(32);
  });

  test("print as nothing", () => {
    const known: Keys = { master: createSecretKey(Buffer.from("canary-secret-4711")), encryption: [] };
    expect(inspect(known, { depth: 5 }) + JSON.stringify(known)).not.toContain("canary");
  });

  test("a token is 32 random bytes", () => {
    expect(Buffer.from(newToken(), "base64url")).toHaveLength(32);
    expect(newToken()).not.toBe(newToken());
  });
});
