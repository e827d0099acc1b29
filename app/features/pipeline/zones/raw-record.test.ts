import { expect, test } from "vitest";
import { rawFields } from "~/features/pipeline/zones/raw-record";

test("what stands inside a field is told as JSON, on a line of its own only where it finds no room on one", () => {
  const payload = {
    id: "p1",
    names: [{ givenName: "Ngozi", familyName: "Lindqvist" }],
    emailAddresses: [
      { value: "ngozi@lindqvist.example", type: "work", metadata: { primary: true, verified: true } },
      { value: "ngozi@home.example", note: "after six\nnot on Sundays" },
    ],
    memberships: [],
    nickname: "",
  };
  const fields = rawFields(JSON.stringify(payload), null);
  expect(fields.map(({ name, isNested }) => [name, isNested])).toEqual([
    ["id", false],
    ["names", true],
    ["emailAddresses", true],
    ["memberships", true],
  ]);
  const [, names, emails, none] = fields.map(({ text }) => text);
  expect(names).toBe('[ { "givenName": "Ngozi", "familyName": "Lindqvist" } ]');
  const place = { streetAddress: "12 High Street, Leeds", type: "home", formattedType: "Home" };
  expect(rawFields(JSON.stringify({ addresses: [place] }), null)[0]?.text).toBe(
    '[{\n  "streetAddress": "12 High Street, Leeds",\n  "type": "home",\n  "formattedType": "Home"\n}]',
  );
  expect(emails).toBe(
    [
      "[",
      "  {",
      '    "value": "ngozi@lindqvist.example",',
      '    "type": "work",',
      '    "metadata": { "primary": true, "verified": true }',
      "  },",
      "  {",
      '    "value": "ngozi@home.example",',
      '    "note": "after six\\nnot on Sundays"',
      "  }",
      "]",
    ].join("\n"),
  );
  expect(JSON.parse(emails ?? "")).toEqual(payload.emailAddresses);
  expect(none).toBe("[]");
});

test("a row of a file is told by its columns, without what it leaves empty", () => {
  expect(rawFields('["Ann","","LS1 4AP"]', ["Given name", "Email"])).toEqual([
    { name: "Given name", text: "Ann", isNested: false },
    { name: "Column 3", text: "LS1 4AP", isNested: false },
  ]);
});
