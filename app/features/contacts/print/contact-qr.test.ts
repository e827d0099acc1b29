import fc from "fast-check";
import { expect, test } from "vitest";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { contactQr } from "~/features/contacts/print/contact-qr.server";

const folasade: ContactValues = {
  ...nothingKnown,
  givenName: "Folasade",
  familyName: "Adebayo",
  company: "Kiln Row Timber LLP",
  emails: [{ value: "folasade@timber.example", label: null }],
  phones: [{ value: "+447700900123", label: null }],
};
const address = {
  label: null,
  street: "14 Kiln Row",
  city: "London",
  region: null,
  postalCode: "E8 4QN",
  country: "GB",
};

/** The squares of a side, as the picture's own measure has them, without the white around. */
function squaresOf(src: string): number {
  const svg = Buffer.from(src.split(",")[1] ?? "", "base64").toString();
  return Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) - 8;
}

test("a usual contact fits with its address", async () => {
  const { src, leftOut } = await contactQr({ ...folasade, addresses: [address] });
  expect(leftOut).toBe("nothing");
  expect(squaresOf(src)).toBeLessThanOrEqual(69);
});

test("an address that would make the squares too small is left out", async () => {
  const street = "Flat 2, The Old Joinery, 14 Kiln Row, off Upper Clapton Road behind the timber yard";
  const { src, leftOut } = await contactQr({
    ...folasade,
    jobTitle: "Managing Director and Head of Conservation",
    addresses: [{ ...address, street, region: "Greater London", city: "London Borough of Hackney" }],
  });
  expect(leftOut).toBe("address");
  expect(squaresOf(src)).toBeLessThanOrEqual(69);
});

test("whatever is known, there is a code", async () => {
  const long = fc.string({ unit: "grapheme", maxLength: 3_000 });
  const values = fc.record({ givenName: long, familyName: long, company: long, jobTitle: long });
  await fc.assert(
    fc.asyncProperty(values, async (texts) => {
      expect(squaresOf((await contactQr({ ...folasade, ...texts })).src)).toBeLessThanOrEqual(125);
    }),
    { numRuns: 30 },
  );
});
