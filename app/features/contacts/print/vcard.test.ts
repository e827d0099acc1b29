import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { shortVcard, vcard } from "~/features/contacts/print/vcard";

const id = "019a9c3e-7d10-7f00-8a5c-0123456789ab";
const changedAt = "2026-11-21T10:00:00.123Z";

interface Read {
  name: string;
  types: string[];
  parameters: string[];
  parts: string[][];
  group: string;
}

/** Reads a vCard as RFC 2425 says: unfolds, cuts at what is not escaped, unescapes. */
function read(card: string): Read[] {
  const lines = card.replace(/\r\n[ \t]/g, "").split("\r\n");
  expect(lines.at(-1)).toBe("");
  return lines.slice(0, -1).map((line) => {
    const colon = line.indexOf(":");
    const [head = "", ...parameters] = line.slice(0, colon).split(";");
    const [name = "", group = ""] = head.split(".").reverse();
    const types = parameters.filter((one) => one.startsWith("TYPE=")).map((one) => one.slice(5));
    return {
      name,
      group,
      types,
      parameters,
      parts: cut(line.slice(colon + 1), ";").map((part) => cut(part, ",").map(plain)),
    };
  });
}

function cut(text: string, sign: string): string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === sign) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${text[at] === "\\" ? text.slice(at, ++at + 1) : text[at]}`);
  }
  return parts;
}

const plain = (text: string) => text.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
const valuesNamed = (card: Read[], name: string) => card.filter((line) => line.name === name).map((line) => line.parts);
const one = (card: Read[], name: string) => valuesNamed(card, name)[0];

const folasade: ContactValues = {
  ...nothingKnown,
  givenName: "Folasade",
  familyName: "Adébáyọ̀",
  company: "Kiln; Row, Timber LLP",
  jobTitle: "Managing Director",
  birthday: "1958-03-14",
  notes: "Prefers letters.\nRings on Fridays; never \\ before ten.",
  emails: [
    { value: "folasade@timber.example", label: "Work" },
    { value: "f.adebayo@mail.example", label: "Trustees" },
  ],
  phones: [{ value: "+447700900123", label: "mobile", note: "after six" }],
  addresses: [
    { label: "Home", street: "14 Kiln Row\nFlat 2", city: "London", region: null, postalCode: "E8 4QN", country: "GB" },
  ],
  tags: ["client", "trustee, former"],
};

describe("a vCard", () => {
  const text = vcard({ id, values: folasade, changedAt });
  const card = read(text);

  test("says everything that is known, and each of it comes back as it was", () => {
    expect(card[0]).toMatchObject({ name: "BEGIN", parts: [["VCARD"]] });
    expect(card[1]).toMatchObject({ name: "VERSION", parts: [["3.0"]] });
    expect(card.at(-1)).toMatchObject({ name: "END", parts: [["VCARD"]] });
    expect(one(card, "N")).toEqual([["Adébáyọ̀"], ["Folasade"], [""], [""], [""]]);
    expect(one(card, "FN")).toEqual([["Folasade Adébáyọ̀"]]);
    expect(one(card, "ORG")).toEqual([["Kiln; Row, Timber LLP"]]);
    expect(one(card, "TITLE")).toEqual([["Managing Director"]]);
    expect(one(card, "BDAY")).toEqual([["1958-03-14"]]);
    expect(one(card, "ADR")).toEqual([
      ...[[""], [""], ["14 Kiln Row\nFlat 2"], ["London"], [""], ["E8 4QN"], ["United Kingdom"]],
    ]);
    expect(one(card, "NOTE")?.[0]?.[0]).toBe(`${folasade.notes}\n+447700900123: after six`);
    expect(one(card, "CATEGORIES")).toEqual([["client", "trustee, former"]]);
    expect(one(card, "UID")).toEqual([[`urn:uuid:${id}`]]);
    expect(one(card, "REV")).toEqual([["2026-11-21T10:00:00Z"]]);
  });

  test("says of each number what kind it is, and keeps a label that is no kind", () => {
    expect(card.find(({ name }) => name === "TEL")?.types).toEqual(["VOICE", "CELL", "PREF"]);
    const [work, trustees] = card.filter(({ name }) => name === "EMAIL");
    expect(work?.types).toEqual(["INTERNET", "WORK", "PREF"]);
    expect(trustees?.types).toEqual(["INTERNET"]);
    const label = card.find(({ name }) => name === "X-ABLabel");
    expect(label).toMatchObject({ group: trustees?.group, parts: [["Trustees"]] });
  });
});

test("a birthday without a year is written as Apple writes it", () => {
  const card = read(vcard({ id, values: { ...folasade, birthday: "--02-29" }, changedAt }));
  const line = card.find(({ name }) => name === "BDAY");
  expect(line?.parts).toEqual([["1604-02-29"]]);
  expect(line?.parameters).toEqual(["X-APPLE-OMIT-YEAR=1604"]);
});

test("a company is a company on a phone, too", () => {
  const values: ContactValues = { ...nothingKnown, kind: "business", company: "Brandt Holzbau GmbH" };
  const card = read(vcard({ id, values, changedAt }));
  expect(one(card, "ORG")).toEqual([["Brandt Holzbau GmbH"]]);
  expect(one(card, "X-ABSHOWAS")).toEqual([["COMPANY"]]);
  expect(one(card, "FN")).toEqual([["Brandt Holzbau GmbH"]]);
});

test("an estate's has the address that its letters go to, in care of whom", () => {
  const [address] = folasade.addresses;
  const lines = ["Estate of Winifred Hale", "c/o Rowan Hale", "14 Kiln Row"];
  const letter = { ok: true as const, lines, address: address!, careOf: { id, name: "Rowan Hale" } };
  const values: ContactValues = { ...nothingKnown, kind: "estate", typedName: "Estate of Winifred Hale" };
  const card = read(vcard({ id, values, changedAt, letter }));
  expect(one(card, "ADR")?.slice(1, 4)).toEqual([["c/o Rowan Hale"], ["14 Kiln Row\nFlat 2"], ["London"]]);
  expect(one(card, "LABEL")).toEqual([[lines.join("\n")]]);
  const own = read(vcard({ id, values: { ...values, addresses: [address!] }, changedAt, letter }));
  expect(valuesNamed(own, "ADR")).toHaveLength(1);
  expect(valuesNamed(own, "LABEL")).toEqual([]);
});

test("whatever is typed comes back, in lines of 75 octets that end within no character", () => {
  const typed = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 120 })
    .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
  fc.assert(
    fc.property(fc.record({ familyName: typed, company: typed, notes: typed, tag: typed }), (known) => {
      const { tag, ...texts } = known;
      const text = vcard({ id, changedAt, values: { ...nothingKnown, ...texts, tags: [tag] } });
      for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(Buffer.from(text).toString()).toBe(text);
      const card = read(text);
      expect(one(card, "N")?.[0]).toEqual([known.familyName]);
      expect(one(card, "ORG")).toEqual([[known.company]]);
      expect(one(card, "NOTE")).toEqual([[known.notes]]);
      expect(one(card, "CATEGORIES")).toEqual([[tag]]);
    }),
  );
});

test("what goes into a QR code is the name, the first numbers and one address", () => {
  const card = read(shortVcard(folasade));
  expect(card.map(({ name }) => name)).toEqual([
    "BEGIN",
    "VERSION",
    "N",
    "FN",
    "ORG",
    "TITLE",
    "TEL",
    "EMAIL",
    "ADR",
    "END",
  ]);
  expect(read(shortVcard(folasade, { withAddress: false })).map(({ name }) => name)).not.toContain("ADR");
});
