import { expect, test } from "vitest";
import { emailHref, readEmail } from "~/features/contacts/values/email-address";

test.each([
  ["a zero-width space", "folasade\u200B@adebayo.example"],
  ["a sign that turns the text round", "folasade\u202E@adebayo.example"],
  ["a control character", "folasade\u0007@adebayo.example"],
])("an address with %s in it is refused", (_, typed) => {
  expect(readEmail(typed)).toEqual({ ok: false, reason: expect.stringContaining("invisible character") });
});

test("a link writes to the address and adds nothing of its own", () => {
  expect(emailHref("f.adebayo+post@adebayo.example")).toBe("mailto:f.adebayo%2Bpost@adebayo.example");
  expect(emailHref("a?bcc=b&subject=x@adebayo.example")).toBe("mailto:a%3Fbcc%3Db%26subject%3Dx@adebayo.example");
});
