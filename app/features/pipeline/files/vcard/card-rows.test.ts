import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { vcard } from "~/features/contacts/print/vcard";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { guessColumns } from "~/features/pipeline/columns/guess-columns";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { mapRow } from "~/features/pipeline/stages/map";
import { lookAtCards, readCards } from "~/features/pipeline/files/vcard/card-rows.server";
import { sourceOf } from "~/testing/workbooks";

async function tableOf(
  content: string | Buffer,
  { encoding = "utf-8", size = 7 } = {} as Partial<{ encoding: "utf-8" | "windows-1252"; size: number }>,
) {
  const file = sourceOf(content, size);
  const { columns } = await lookAtCards(file.read(), encoding);
  const rows: { line: number; cells: readonly string[] }[] = [];
  for await (const row of readCards(file.read(), { encoding, columns })) rows.push(row);
  expect(rows.shift()).toEqual({ line: 1, cells: columns });
  return { columns, rows };
}

/** Each card as its line and the cells that are not empty. */
async function cardsOf(content: string | Buffer, options?: Parameters<typeof tableOf>[1]) {
  const { columns, rows } = await tableOf(content, options);
  return rows.map(({ line, cells }) => ({
    line,
    ...Object.fromEntries(
      columns.map((column, index) => [column, cells[index] ?? ""]).filter(([, text]) => text !== ""),
    ),
  }));
}

/** What contacts make of each card, by nothing but the names of the columns. */
async function contactsOf(content: string | Buffer) {
  const { columns, rows } = await tableOf(content, { size: 1_000 });
  const cellsOfRows = rows.map(({ cells }) => cells);
  const fields = guessColumns(columns, cellsOfRows, contactSubjectFields).map(({ field }) => field);
  const reader = contactReader({ phoneCountry: "GB", locale: "en-GB", today: "2026-11-21", mapping: fields });
  return rows.map(({ cells }) => {
    const mapped = mapRow(cells, { columns, fields });
    const refusals = reader.validate(mapped);
    return refusals.length > 0 ? { refusals } : reader.normalise(mapped);
  });
}

const card = (...lines: string[]) => ["BEGIN:VCARD", ...lines, "END:VCARD", ""].join("\r\n");

describe("a vCard", () => {
  test("of version 4 comes in whole, its columns mapped by their names", async () => {
    const text = card(
      "VERSION:4.0",
      "KIND:individual",
      "N:Adébáyọ̀;Folasade;Ọmọ́lará;Dr.;",
      "FN:Dr. Folasade Adébáyọ̀",
      'ORG:"Kiln\\; Row";Timber',
      "TITLE:Managing Director",
      "BDAY:--0314",
      'TEL;VALUE=uri;TYPE="work,voice";PREF=2:tel:+44-20-7946-0182;ext=12',
      "TEL;TYPE=cell;PREF=1:+44 7700 900123",
      "item1.EMAIL:trustees@kiln.example",
      "item1.X-ABLabel:_$!<Home>!$_",
      "item2.EMAIL:f@kiln.example",
      "item2.X-ABLabel:Trustees\\, former",
      "ADR;TYPE=home:;Flat 2;14 Kiln Row;London;;E8 4QN;United Kingdom",
      "ADR;TYPE=work:;;1 Mill Lane;Leeds;West Yorkshire;LS1 1AA;GB",
      "NOTE:Rings on Fridays\\; never",
      "  before ten.\\nPrefers letters.",
      "CATEGORIES:client,trustee\\, former,myContacts",
      "UID:urn:uuid:019a9c3e-7d10-7f00-8a5c-0123456789ab",
    );
    expect(await contactsOf(text)).toEqual([
      {
        data: {
          typedName: "Dr. Folasade Adébáyọ̀",
          givenName: "Folasade Ọmọ́lará",
          familyName: "Adébáyọ̀",
          company: '"Kiln; Row"',
          jobTitle: "Managing Director",
          birthday: "--03-14",
          notes: "Rings on Fridays; never before ten.\nPrefers letters.",
          emails: [
            { value: "trustees@kiln.example", label: "home" },
            { value: "f@kiln.example", label: "Trustees, former" },
          ],
          phones: [
            { value: "+447700900123", label: "mobile" },
            { value: expect.stringContaining("+442079460182") as string, label: "work" },
          ],
          addresses: [
            {
              label: "home",
              street: "Flat 2, 14 Kiln Row",
              city: "London",
              region: null,
              postalCode: "E8 4QN",
              country: "GB",
            },
            {
              label: "work",
              street: "1 Mill Lane",
              city: "Leeds",
              region: "West Yorkshire",
              postalCode: "LS1 1AA",
              country: "GB",
            },
          ],
          tags: ["client", "trustee, former"],
        },
        ifNew: {},
      },
    ]);
  });

  test("of an old phone: quoted-printable in its own encoding, bare types, a picture", async () => {
    const text = card(
      "VERSION:2.1",
      "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Fran=E7ois;;;",
      "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Kommt aus =C5=81=C3=B3d=C5=BA,=",
      " wohnt in Z=C3=BCrich=0D=0Aund N=C3=BCrnberg",
      "TEL;CELL;PREF:+41 79 123 45 67",
      "TEL;WORK;FAX:+41 44 123 45 67",
      "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQEASABIAAD",
      ` ${"A".repeat(70)}`,
      "",
      "EMAIL;INTERNET;HOME:f.mueller@zuerich.example",
      "BDAY:19580314",
    );
    expect(await cardsOf(text)).toEqual([
      {
        line: 1,
        "Given name": "François",
        "Family name": "Müller",
        Birthday: "19580314",
        "Email label 1": "home",
        "Email 1": "f.mueller@zuerich.example",
        "Phone label 1": "mobile",
        "Phone 1": "+41 79 123 45 67",
        "Phone label 2": "fax",
        "Phone 2": "+41 44 123 45 67",
        Notes: "Kommt aus Łódź, wohnt in Zürich\nund Nürnberg",
      },
    ]);
  });

  test.each<[string, string[], object]>([
    ["a company", ["FN:Brandt Holzbau GmbH", "ORG:Brandt Holzbau GmbH"], { company: "Brandt Holzbau GmbH" }],
    [
      "a company that says so",
      ["N:;;;;", "FN:Brandt Holzbau GmbH", "ORG:Brandt Holzbau GmbH", "X-ABSHOWAS:COMPANY"],
      { kind: "business", company: "Brandt Holzbau GmbH" },
    ],
    ["an organisation of version 4", ["KIND:org", "FN:Okafor Trust"], { kind: "business", company: "Okafor Trust" }],
    ["a family name alone", ["N:Okafor;;;;", "FN:Okafor"], { familyName: "Okafor" }],
    [
      "a name that was not parted",
      ["N:Kiln Row Residents;;;;", "FN:Kiln Row Residents"],
      { typedName: "Kiln Row Residents" },
    ],
    ["a name in one piece", ["FN:陳大文"], { typedName: "陳大文" }],
    [
      "a year that Apple leaves out",
      ["FN:Ann", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29"],
      { typedName: "Ann", birthday: "--02-29" },
    ],
    ["a birthday with a time", ["FN:Ann", "BDAY:1958-03-14T00:00:00Z"], { typedName: "Ann", birthday: "1958-03-14" }],
    ["a birthday that is only a year", ["FN:Ann", "BDAY:1958"], { typedName: "Ann", notes: "Birthday: 1958" }],
    ["a day of death", ["FN:Ann", "DEATHDATE:20260211"], { typedName: "Ann", diedOn: "2026-02-11" }],
  ])("of %s", async (_what, lines, data) => {
    expect(await contactsOf(card("VERSION:3.0", ...lines))).toMatchObject([{ data }]);
    const [found] = await contactsOf(card("VERSION:3.0", ...lines));
    expect(found && "data" in found ? found.data : null).toEqual(data);
  });

  test("of a group of cards is refused with a reason, and nothing else of the file is", async () => {
    const found = await contactsOf(card("VERSION:4.0", "KIND:group", "FN:Trustees") + card("VERSION:4.0", "FN:Ann"));
    expect(found).toMatchObject([{ refusals: [{ rule: "kind" }] }, { data: { typedName: "Ann" } }]);
  });

  test("with more addresses than there are columns keeps them in the notes", async () => {
    const towns = "Leeds York Hull Ripon Selby Otley Ilkley Goole Filey Whitby Thirsk".split(" ");
    const addresses = towns.map((town) => `ADR;TYPE=HOME:;;1 High Street;${town};;;`);
    const [found] = await cardsOf(card("VERSION:3.0", "FN:Ann", ...addresses));
    expect(found).toMatchObject({ "Third address town": "Hull", Notes: "Another address: home 1 High Street, Thirsk" });
  });
});

describe("a file of vCards", () => {
  test("with LF or CR ends, blank lines and a card within a card, each with its line", async () => {
    const text = `\ufeff${card("VERSION:2.1", "N:Okafor;Ann", "AGENT:", "BEGIN:VCARD", "N:Not;Her", "END:VCARD", "TEL:020 7946 0999")}\r\n${card("VERSION:3.0", "FN:Ben")}`;
    for (const end of ["\r\n", "\n", "\r"]) {
      expect(await cardsOf(text.replaceAll("\r\n", end))).toEqual([
        { line: 1, "Given name": "Ann", "Family name": "Okafor", "Phone 1": "020 7946 0999" },
        { line: 11, "Full name": "Ben" },
      ]);
    }
  });

  test("in Windows-1252 is read as that", async () => {
    const bytes = Buffer.from(card("VERSION:2.1", "N:Müller;François"), "latin1");
    expect(await cardsOf(bytes, { encoding: "windows-1252" })).toMatchObject([{ "Family name": "Müller" }]);
  });

  test("with a picture of 5 MB in one line or in many keeps none of it", async () => {
    const picture = "A".repeat(5_000_000);
    for (const photo of [`PHOTO;ENCODING=b:${picture}`, `PHOTO;ENCODING=b:${picture.replace(/.{70}/g, "$&\r\n ")}`]) {
      const found = await cardsOf(card("VERSION:3.0", photo, "FN:Ann"), { size: 256 * 1024 });
      expect(found).toMatchObject([{ "Full name": "Ann" }]);
    }
  });

  test("that is cut off, or has a line without end, is refused in a sentence", async () => {
    await expect(cardsOf(`${card("FN:Ann")}BEGIN:VCARD\r\nFN:Be`)).rejects.toThrow(/begins in line 4 has no end/);
    const long = card("FN:Ann", `NOTE:${"x".repeat(1_500_000)}`);
    await expect(cardsOf(long, { size: 10_000 })).rejects.toThrow(FileProblem);
  });
});

describe("our own export", () => {
  const text = fc
    .string({
      unit: fc.constantFrom("a", "é", "ß", ";", ",", "\\", ":", "漢", "🙂", "n", " ", '"', "="),
      minLength: 1,
      maxLength: 40,
    })
    // Three colons part values in address books' exports, and so in whatever is read.
    .map((text) => text.replace(/\s+/g, " ").replace(/:{3,}/g, "::").trim())
    .filter((text) => text !== "");
  const word = text.map((text) => text.replace(/[,;|: ]/g, "-"));
  const label = fc.constantFrom("work", "home", "Trustees", "Summer; house", null);
  const optional = fc.option(text);
  const values = fc.record({
    givenName: word,
    familyName: word,
    company: optional,
    jobTitle: optional,
    birthday: fc.constantFrom("1958-03-14", "--02-29", null),
    notes: fc.option(fc.array(text, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"))),
    emails: fc.uniqueArray(
      fc.record({ value: fc.integer({ min: 1, max: 99 }).map((n) => `ann${n}@okafor.example`), label }),
      {
        selector: ({ value }) => value,
        maxLength: 4,
      },
    ),
    phones: fc.uniqueArray(
      fc.record({
        value: fc.integer({ min: 100, max: 999 }).map((n) => `+44207946${String(n).padStart(4, "0")}`),
        label: fc.constantFrom("mobile", "fax", "work", "Lodge", null),
      }),
      { selector: ({ value }) => value, maxLength: 4 },
    ),
    addresses: fc.array(
      fc.record({
        label,
        street: text.map((street) => `${street.replaceAll(":::", ":")}\nFlat 2`),
        city: optional,
        region: optional,
        postalCode: fc.constantFrom("E8 4QN", null),
        country: fc.constantFrom("GB", "DE", null),
      }),
      { maxLength: 3 },
    ),
    tags: fc.uniqueArray(
      text.map((tag) => tag.replaceAll(":::", ":").replace(/^\W+/, "tag ").trim()),
      {
        maxLength: 4,
        selector: (tag) => tag.toLowerCase(),
      },
    ),
  });

  test("reads back to the same values", async () => {
    await fc.assert(
      fc.asyncProperty(values, async (known) => {
        const expected: ContactValues = { ...nothingKnown, ...known };
        const written = vcard({
          id: "019a9c3e-7d10-7f00-8a5c-0123456789ab",
          values: expected,
          changedAt: "2026-11-21T10:00:00.123Z",
        });
        const [found] = await contactsOf(written);
        expect(found && "data" in found ? { ...nothingKnown, ...found.ifNew, ...found.data } : found).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
