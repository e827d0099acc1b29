import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nothingKnown } from "~/features/contacts/contact";
import { mergeFields } from "~/features/campaigns/text/merge-fields";
import { asValue, mergeLine, mergeText } from "~/features/campaigns/text/merge-text";
import { mergeValues } from "~/features/campaigns/text/merge-values";
import { parseText } from "~/features/campaigns/text/parse-text";

const shoeSize = { id: "01920000-0000-7000-8000-000000000001", name: "Shoe size" };
const catalogue = mergeFields([shoeSize, { id: "01920000-0000-7000-8000-000000000002", name: "a|b" }], {
  withLinks: true,
});
const parse = (text: string) => parseText(text, catalogue);
/** Texts, and what means something somewhere. */
const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ...["{{", "}}", "{{last name}}", "<", ">", '"', "'", "&", "&lt;", "\r\n", "\n", "\u2028", "\0", "\\", "`", "|"],
        ...[
          "**",
          "_",
          "[a](https://x.example)",
          "![a](b)",
          "# ",
          "- ",
          "1. ",
          "> ",
          "---",
          "<script>",
          "</bdi>",
          "-->",
        ],
        ...["\u202E", "\u2066", "\uFEFF", "\uD83D", "\u0007", "https://x.example", "a@x.example", "Bcc: x@y", "Ann"],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("reading the fields of a text", () => {
  test.each([
    ["{{first name}}", { field: "firstName", otherwise: null }],
    ["{{ First_Name|friend }}", { field: "firstName", otherwise: "friend" }],
    ["{{firstname |}}", { field: "firstName", otherwise: "" }],
    ["{{sender’s name}}", { field: "senderName", otherwise: null }],
    ["{{shoe size | 38}}", { field: `custom:${shoeSize.id}`, otherwise: "38" }],
    ["{{a|b}}", { field: "custom:01920000-0000-7000-8000-000000000002", otherwise: null }],
    ["{{response link | Yes, I will come}}", { field: "responseLink", otherwise: "Yes, I will come" }],
  ])("%s is a field", (text, slot) => {
    expect(parse(text)).toEqual({ pieces: [slot], problems: [], slotLines: [1] });
  });

  test.each([
    ["Dear {{frist name}},", 1, "There is no field “frist name”. Did you mean {{first name}}?"],
    ["\n\n{{show size}}", 3, "There is no field “show size”. Did you mean {{Shoe size}}?"],
    ["{{quarterly turnover}}", 1, "There is no field “quarterly turnover”."],
    ["{{ }}", 1, "There is nothing between {{ and }}."],
    ["Dear {{first name,\nyours }}", 1, expect.stringContaining("does not end with }} on the same line")],
    ["{{first name {{last name}}", 1, expect.stringContaining("does not end with }}")],
  ])("%j is told, with its line", (text, line, sentence) => {
    expect(parse(text).problems).toEqual([{ line, sentence }]);
  });

  test("a subject knows no links", () => {
    const { problems } = parseText("{{response link}}", mergeFields([], { withLinks: false }));
    expect(problems).toHaveLength(1);
  });

  test("a backslash writes the braces themselves, two are a backslash before a field", () => {
    expect(parse("\\{{first name}}").pieces).toEqual([{ words: "{{first name}}" }]);
    expect(parse("\\\\{{first name}}").pieces).toHaveLength(2);
  });

  test("whatever is typed, nothing of it is lost but what makes it a field", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { pieces } = parse(text.replaceAll("\\", ""));
        if (pieces.some((piece) => "field" in piece)) return;
        expect(pieces.map((piece) => ("words" in piece ? piece.words : "")).join("")).toBe(text.replaceAll("\\", ""));
      }),
    );
  });

  test("a text of nothing but open braces is read at once", () => {
    const began = performance.now();
    expect(parse("{{".repeat(25_000)).problems.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("putting values in", () => {
  const { pieces } = parse("Dear {{first name | friend}} of {{city}}, {{job title|}}{{company}}");

  test("what is not known has other words, or is told", () => {
    expect(mergeText(pieces, { firstName: " ", company: "Okafor Ltd" })).toEqual({
      text: "Dear friend of , Okafor Ltd",
      blank: ["city"],
    });
    expect(mergeText(pieces, { firstName: "Ann", city: "Ulm" })).toEqual({
      text: "Dear Ann of Ulm, ",
      blank: ["company"],
    });
  });

  test("whatever a value is, it is put in as it is, once, and the rest of the text stays", () => {
    const { pieces } = parse("a\n{{first name}}\nb{{last name}}");
    fc.assert(
      fc.property(nasty, nasty, (firstName, lastName) => {
        const { text } = mergeText(pieces, { firstName, lastName });
        expect(text).toBe(`a\n${asValue(firstName)}\nb${asValue(lastName)}`);
        expect(text.split("\n")).toHaveLength(3);
      }),
    );
  });

  test("a subject is one line without control characters, whatever stands in it", () => {
    fc.assert(
      fc.property(nasty, nasty, (typed, firstName) => {
        const { text } = mergeLine(parse(`${typed}{{first name}}${typed}`).pieces, { firstName });
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  test("names of all scripts stay as they are", () => {
    for (const name of ["Zoë Łukasz", "نرگس می‌خواهم", "क्षितिज", "李小龍", "O’Brien & Sons", "👩‍👧"]) {
      expect(asValue(name)).toBe(name);
    }
  });
});

describe("what is known of a contact", () => {
  const campaign = { firmName: "Brandt Holzbau GmbH", senderName: "Ada Okafor", campaignName: "Open day" };
  const facts = { ...campaign, fields: [], locale: "en-GB" };

  test.each([
    ["a person", { givenName: "Folasade", familyName: "Adebayo" }, "Dear Folasade Adebayo"],
    ["a person with a name as typed", { typedName: "Dr F. Adebayo", familyName: "Adebayo" }, "Dear Dr F. Adebayo"],
    ["a company", { kind: "business" as const, company: "Okafor Ltd" }, "Dear Okafor Ltd"],
    ["a person of whom only a company is known", { company: "Okafor Ltd" }, null],
    ["somebody's estate", { kind: "estate" as const, givenName: "Ada", familyName: "Okafor" }, undefined],
  ])("%s is greeted by what is known", (_, known, salutation) => {
    expect(mergeValues({ ...nothingKnown, ...known }, facts).salutation).toBe(salutation);
  });

  test("the account's own fields are written as a page shows them", () => {
    const visit = { ...shoeSize, name: "Visit", type: "date" as const, hint: null, isRequired: false, choices: [] };
    const contact = { ...nothingKnown, [`custom:${shoeSize.id}`]: "2026-05-03" };
    const values = mergeValues(contact, { ...facts, fields: [{ ...visit, retiredAt: null }] });
    expect(values[`custom:${shoeSize.id}`]).toBe("3 May 2026");
  });
});
