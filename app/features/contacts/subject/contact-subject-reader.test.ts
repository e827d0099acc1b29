import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { columnNames, looksLikeHeader, plainName } from "~/features/pipeline/columns/columns";
import { guessColumns } from "~/features/pipeline/columns/guess-columns";
import { mapRow } from "~/features/pipeline/stages/map";

function row(cells: Record<string, string>) {
  const columns = Object.keys(cells);
  return mapRow(Object.values(cells), { columns, fields: columns.map((column) => column.replace(/\d$/, "")) });
}

function read(cells: Record<string, string>, phoneCountry = "GB") {
  const reader = contactReader({ phoneCountry });
  const mapped = row(cells);
  const refusals = reader.validate(mapped);
  return refusals.length > 0 ? { refusals } : reader.normalise(mapped);
}

describe("a row of a contact list", () => {
  test("is trimmed, its phone written as E.164, its country as a code", () => {
    const found = read({
      givenName: " Folasade ",
      familyName: "Adebayo",
      company: "Adebayo  Ceramics",
      email: "mailto:F.Adebayo@adebayo.example",
      phone: "020 7946 0182",
      mobile: "+49 (151) 234-56789",
      street: "12 High Street",
      city: "London",
      country: "Vereinigtes Königreich",
      tags: "client; 2026, Client",
    });
    expect(found).toEqual({
      data: {
        givenName: "Folasade",
        familyName: "Adebayo",
        company: "Adebayo Ceramics",
        emails: [{ value: "F.Adebayo@adebayo.example", label: null }],
        phones: [
          { value: "+442079460182", label: null },
          { value: "+4915123456789", label: "mobile" },
        ],
        addresses: [
          { label: null, street: "12 High Street", city: "London", region: null, postalCode: null, country: "GB" },
        ],
        tags: ["client", "2026"],
      },
      ifNew: {},
    });
  });

  test("a phone number is at home where the row is, else where the file is", () => {
    expect(read({ name: "Jan Brandt", phone: "030 123456", country: "Germany" })).toMatchObject({
      data: { phones: [{ value: "+4930123456" }] },
    });
    expect(read({ name: "Jan Brandt", phone: "030 123456" }, "DE")).toMatchObject({
      data: { phones: [{ value: "+4930123456" }] },
    });
  });

  test.each<[Record<string, string>, object]>([
    [{ name: "Adebayo, Folasade" }, { givenName: "Folasade", familyName: "Adebayo" }],
    [{ name: "Folasade Adebayo" }, { givenName: "Folasade", familyName: "Adebayo" }],
    [{ name: "Dr Ann Okafor, PhD" }, { typedName: "Dr Ann Okafor, PhD", givenName: "Ann", familyName: "Okafor" }],
    [{ wholeName: "Folasade Adebayo" }, { typedName: "Folasade Adebayo" }],
    [{ name: "陳大文" }, { typedName: "陳大文" }],
    [
      { name: "Ann Okafor", givenName: "Ann", familyName: "Okafor" },
      { givenName: "Ann", familyName: "Okafor" },
    ],
    [
      { name: "Dr Ann Okafor", familyName: "Okafor" },
      { typedName: "Dr Ann Okafor", familyName: "Okafor" },
    ],
    [
      { kind: "Company", name: "Brandt Holzbau GmbH" },
      { kind: "business", company: "Brandt Holzbau GmbH" },
    ],
    [
      { kind: "estate", name: "Estate of Ann Smith" },
      { kind: "estate", typedName: "Estate of Ann Smith" },
    ],
  ])("%j is named %j", (cells, data) => {
    expect(read(cells)).toEqual({ data, ifNew: {} });
  });

  test.each(["Brandt, Müller, GmbH", "Okafor, Ltd"])("%s is a company by its legal form", (name) => {
    expect(read({ name })).toEqual({ data: { company: name }, ifNew: { kind: "business" } });
  });

  test("with a company and no person is a company, but only where nobody has said otherwise", () => {
    expect(read({ company: "Brandt Holzbau GmbH", email: "office@brandt.example" })).toMatchObject({
      data: { company: "Brandt Holzbau GmbH" },
      ifNew: { kind: "business" },
    });
  });

  test("may say its language by name, by its code, or as a system writes a locale", () => {
    const languageOf = (language: string) => read({ name: "Ann Okafor", language });
    for (const [said, tag] of [
      ["German", "de"],
      ["de-AT", "de-AT"],
      ["en_GB", "en-GB"],
      ["de_CH", "de-CH"],
    ] as const) {
      expect(languageOf(said)).toMatchObject({ data: { language: tag } });
    }
    expect(languageOf("en_Klingon")).toMatchObject({ refusals: [{ rule: "language" }] });
  });

  test.each<[Record<string, string>, string, RegExp]>([
    [{ email: "miles@@carver.example" }, "email", /more than one @/],
    [{ email: "miles.carver.example" }, "email", /no @/],
    [{ email: "miles@carver" }, "email", /no dot/],
    [{ email: "ann@okafor.example; ben at okafor" }, "email", /no @/],
    [{ email: `${"a".repeat(260)}@b.example` }, "email", /too long/],
    [{ name: "Ann", phone: "call the office" }, "phone", /hardly any digits/],
    [{ name: "Ann", phone: "call 5550 or 123" }, "phone", /letters/],
    [{ name: "Ann", phone: "+44 1" }, "phone", /few|digits/],
    [{ name: "Ann", kind: "dragon" }, "kind", /no kind/],
    [{ name: "x".repeat(201) }, "too-long", /200/],
    [{ name: "Ann", notes: "x".repeat(20_001) }, "too-long", /20000/],
    [{ name: "Ann", email: Array(21).fill("a@b.example").join(";") }, "email", /more than 20/],
    [{ city: "London", tags: "client" }, "nothing-known", /nothing to know/],
    [{ email: " ; ," }, "nothing-known", /nothing to know/],
    [{ name: "\u0001" }, "nothing-known", /nothing to know/],
  ])("%j is refused", (cells, rule, reason) => {
    const found = read(cells);
    expect(found).toMatchObject({ refusals: [{ rule, reason: expect.stringMatching(reason) as string }] });
  });

  test("may list emails as a mail program writes them", () => {
    const emails = (email: string) => {
      const found = read({ email });
      return "data" in found ? found.data.emails?.map(({ value }) => value) : found.refusals.map(({ value }) => value);
    };
    expect(emails("Folasade Adebayo <f@adebayo.example>, Ben <b@okafor.example>")).toEqual([
      "f@adebayo.example",
      "b@okafor.example",
    ]);
    expect(emails("f@adebayo.example; b@okafor.example")).toEqual(["f@adebayo.example", "b@okafor.example"]);
  });

  test.each([
    ["a cell of a million characters where emails should be", { email: `${"<,".repeat(500_000)}` }],
    ["a hundred tags", { tags: Array.from({ length: 100 }, (_, n) => `tag ${n}`).join(", ") }],
    ["a street in two long lines", { street: "High Street ".repeat(10), street22: "Back Lane ".repeat(12) }],
    ["notes in two columns that are too much together", { notes1: "a".repeat(15_000), notes2: "b".repeat(15_000) }],
  ])("%s is refused, as the form would refuse it", (_, cells) => {
    expect(read({ familyName: "Adebayo", ...cells })).toMatchObject({ refusals: [expect.anything()] });
  });

  test("names every column that is wrong, so that all can be mended at once", () => {
    const found = read({ name: "Ann", email: "ann@", phone: "none", kind: "x" });
    expect("refusals" in found && found.refusals.map((refusal) => refusal.column)).toEqual(["email", "phone", "kind"]);
  });

  test("says the same whatever the order of its columns and the blanks around its cells", () => {
    const cells = fc.record(
      {
        name: fc.constantFrom("Ann Okafor", "Okafor, Ann", "陳大文"),
        company: fc.constantFrom("Brandt Holzbau GmbH", "Okafor & Söhne"),
        email: fc.constantFrom("ann@okafor.example", "ann@okafor.example; a@b.example"),
        phone: fc.constantFrom("020 7946 0182", "4711"),
        tags: fc.constantFrom("client, 2026", "x"),
        city: fc.constant("Leeds"),
      },
      { requiredKeys: ["name"] },
    );
    fc.assert(
      fc.property(cells, fc.infiniteStream(fc.integer()), (given, order) => {
        const shuffled = Object.entries(given)
          .map(([field, text]) => ({ field, text: ` ${text} `, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at);
        const again = Object.fromEntries(shuffled.map(({ field, text }) => [field, text]));
        expect(JSON.stringify(read(again))).toBe(JSON.stringify(read(given as Record<string, string>)));
      }),
    );
  });
});

describe("columns", () => {
  const guess = (columns: string[], rows: string[][] = []) =>
    guessColumns(columns, rows, contactSubjectFields).map(({ field }) => field);

  test.each<[string[], string[]]>([
    [
      ["First Name", "Last Name", "E-mail Address", "Mobile Phone"],
      ["givenName", "familyName", "email", "mobile"],
    ],
    [
      ["Vorname", "Nachname", "E-Mail-Adresse", "Straße", "PLZ", "Ort"],
      ["givenName", "familyName", "email", "street", "postalCode", "city"],
    ],
    [
      ["Prénom", "Nom", "Société", "Téléphone", "Ville"],
      ["givenName", "familyName", "company", "phone", "city"],
    ],
    [
      ["Nombre", "Apellidos", "Correo electrónico", "Móvil", "País"],
      ["givenName", "familyName", "email", "mobile", "country"],
    ],
    [
      ["Ansprechpartner", "Firmenname", "Tätigkeit", "Handynummer", "Telefon geschäftlich", "Schlagwörter", "Hinweise"],
      ["name", "company", "jobTitle", "mobile", "workPhone", "tags", "notes"],
    ],
    [
      [
        "Nom du contact",
        "Employeur",
        "Tél. portable",
        "Courriel professionnel",
        "Commune",
        "Mots-clés",
        "Observations",
      ],
      ["name", "company", "mobile", "workEmail", "city", "tags", "notes"],
    ],
    [
      ["Nombre y apellidos", "Razón social", "Teléfono móvil", "Código postal", "Provincia", "Palabras clave"],
      ["name", "company", "mobile", "postalCode", "region", "tags"],
    ],
    [
      ["Nome e cognome", "Ragione sociale", "Cellulare", "Indirizzo e-mail", "C.A.P.", "Parole chiave", "Annotazioni"],
      ["name", "company", "mobile", "email", "postalCode", "tags", "notes"],
    ],
    [
      ["Roepnaam", "Achternaam", "Zakelijk e-mailadres", "Mobiel nummer", "Straat en huisnummer", "Trefwoorden"],
      ["givenName", "familyName", "workEmail", "mobile", "street", "tags"],
    ],
    [
      ["firstName", "lastName", "companyName", "job_title"],
      ["givenName", "familyName", "company", "jobTitle"],
    ],
    [
      ["Email 1", "Email 2", "Name", "Name"],
      ["email", "email", "name", ""],
    ],
    [
      ["__proto__", "constructor", "toString"],
      ["", "", ""],
    ],
    [
      ["Line", "Column", "Value", "Reason", "Name", "Notes"],
      ["", "", "", "", "name", "notes"],
    ],
  ])("%j go to %j", (columns, fields) => {
    expect(guess(columns)).toEqual(fields);
  });

  test("whose names say nothing are guessed from what they hold", () => {
    const rows = [
      ["1", "ann@okafor.example", "020 7946 0182", "2026-05-03"],
      ["2", "ben@okafor.example", "+49 30 1234567", "2026-05-04"],
    ];
    expect(guess(["A", "B", "C", "D"], rows)).toEqual(["", "email", "phone", ""]);
  });

  test("all get a name, and no two the same", () => {
    expect(columnNames(["Email", "", "Email", " A\n b "], true)).toEqual(["Email", "Column 2", "Email (2)", "A b"]);
    expect(columnNames(["ann@okafor.example", "x"], false)).toEqual(["Column 1", "Column 2"]);
  });

  test("a first row of names is told from a first row of values", () => {
    expect(looksLikeHeader(["Name", "Email"], contactSubjectFields)).toBe(true);
    expect(looksLikeHeader(["Wer", "Wo"], contactSubjectFields)).toBe(true);
    expect(looksLikeHeader(["Ann Okafor", "ann@okafor.example"], contactSubjectFields)).toBe(false);
    expect(looksLikeHeader(["17", "Ann Okafor"], contactSubjectFields)).toBe(false);
  });

  test("the words of every field are written as they are looked for, and mean one field each", () => {
    const words = contactSubjectFields.flatMap((field) => field.words);
    expect(words.filter((word) => plainName(word) !== word)).toEqual([]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test("an apostrophe that only guards against formulas is taken off, another one is kept", () => {
    const mapped = mapRow(["'+44 20 7946 0182", "'t Hart"], { columns: ["Phone", "Name"], fields: ["phone", "name"] });
    expect(mapped.get("phone")?.[0]?.text).toBe("+44 20 7946 0182");
    expect(mapped.get("name")?.[0]?.text).toBe("'t Hart");
  });
});
