import { expect, test } from "vitest";
import { readEmail } from "~/features/contacts/values/email-address";
import { latin, sampleContacts } from "~/testing/sample/sample-contacts";

test.each([
  ["Ayşe", "ayse"],
  ["François", "francois"],
  ["Schäfer", "schaefer"],
  ["Björn Weiß", "bjoern-weiss"],
  ["Ødegård", "odegard"],
  ["Yıldız", "yildiz"],
  ["Łukasz", "lukasz"],
  ["O’Connor & Sons", "oconnor-sons"],
])("%s has the address %s", (name, address) => {
  expect(latin(name)).toBe(address);
});

test("every sample email could be real, and none breaks a name at an accent", () => {
  const emails = sampleContacts(2_000).contacts.flatMap((contact) => contact.emails.map(({ value }) => value));
  expect(emails.filter((email) => !readEmail(email).ok)).toEqual([]);
  expect(emails.filter((email) => /ays-e|franc-ois|scha-fer|mu-ller/.test(email))).toEqual([]);
});
