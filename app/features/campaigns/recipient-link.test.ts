import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecipientToken, recipientToken } from "~/features/campaigns/recipient-link.server";
import { type Keys } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";

const keys: Keys = { master: createSecretKey(randomBytes(48)), encryption: [] };
const recipient = { accountId: newId(), campaignId: newId(), contactId: newId() };
const token = recipientToken(keys, recipient);

describe("a recipient's link", () => {
  test("leads back to whom it was made for, and is the same each time it is made", () => {
    expect(readRecipientToken(keys, token)).toEqual(recipient);
    expect(recipientToken(keys, recipient)).toBe(token);
    expect(token).toMatch(/^[\w-]{80}$/);
  });

  test("altered at any place it leads nowhere", () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(..."ABCxyz019-_"), (at, letter) => {
        const altered = token.slice(0, at) + letter + token.slice(at + 1);
        return altered === token || readRecipientToken(keys, altered) === null;
      }),
    );
  });

  test("what is no link of this installation leads nowhere", () => {
    const others: Keys = { master: createSecretKey(randomBytes(48)), encryption: [] };
    for (const text of ["", "x", token.slice(1), `${token}A`, `${token}=`, recipientToken(others, recipient)]) {
      expect(readRecipientToken(keys, text)).toBeNull();
    }
  });
});
