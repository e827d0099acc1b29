import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CustomFieldType } from "~/features/contacts/custom/custom-field";
import { readValue, valueText, valueToType } from "~/features/contacts/custom/custom-value";
import { decimalForFile, decimalKey, readDecimal } from "~/features/contacts/custom/decimal";

const choices = [{ text: "Gold" }, { text: "Silver" }, { text: "Tin", retired: true as const }];
const read = (type: CustomFieldType, text: string, place = { country: "GB", locale: "en-GB" }) => {
  const reading = readValue({ type, choices }, text, place);
  return reading.ok ? reading.value : `! ${reading.reason}`;
};
const german = { country: "DE", locale: "de-DE" };

describe("the value of a field of one's own", () => {
  test.each([
    ["1,234.50", "1234.5"],
    ["1 234 567", "1234567"],
    ["−3.75", "-3.75"],
    ["0.10", "0.1"],
    ["-0", "0"],
    ["007", "7"],
    [".5", "0.5"],
    ["1,5", "1.5"],
    ["12,345,678", "12345678"],
    ["12345678901234567890.0123456789", "12345678901234567890.0123456789"],
    ["٣٤", "34"],
  ])("reads the number %s as %s", (text, value) => expect(read("number", text)).toBe(value));

  test.each([
    ["1.234,50", "1234.5"],
    ["1.234", "1234"],
    ["1,234", "1.234"],
    ["1.2340", "1.234"],
    ["3.5", "3.5"],
  ])("reads the number %s in Germany as %s", (text, value) => expect(read("number", text, german)).toBe(value));

  test.each(["twelve", "1.2.3", "1,23,456", "£12", "12%", "1e5", "--1", "1-2", ""])("refuses %s as a number", (text) =>
    expect(read("number", text)).toBe("! This is no number. Write it like 1234.5."),
  );

  test("refuses a number that has more figures than are kept", () => {
    expect(read("number", "1".repeat(21))).toMatch(/^! This number is too long/);
    expect(read("number", "0.12345678901")).toMatch(/^! This number is too long/);
  });

  test("reads days with their year, and no others", () => {
    expect(read("date", "14 March 2026")).toBe("2026-03-14");
    expect(read("date", "3/4/2026")).toBe("2026-04-03");
    expect(read("date", "3/4/2026", { country: "US", locale: "en-US" })).toBe("2026-03-04");
    expect(read("date", "14 March")).toBe("! Write the year, too, like 14 March 1958.");
    expect(read("date", "31 April 2026")).toMatch(/^! There is no 31 April/);
  });

  test("knows a choice however it is capitalised, one that is no longer offered too, and says what there is", () => {
    expect(read("choice", " gold ")).toBe("Gold");
    expect(read("choice", "TIN")).toBe("Tin");
    expect(read("choice", "Platinum")).toBe("! “Platinum” is none of the choices: Gold, Silver.");
  });

  test("reads yes and no in several languages", () => {
    expect(["Yes", "x", "ja", "TRUE", "1"].map((text) => read("yes-no", text))).toEqual(Array(5).fill("yes"));
    expect(["No", "nein", "0", "non"].map((text) => read("yes-no", text))).toEqual(Array(4).fill("no"));
    expect(read("yes-no", "perhaps")).toBe("! Write yes or no.");
  });

  test("takes addresses of web pages only, whole", () => {
    expect(read("link", "www.brandt.example")).toBe("https://www.brandt.example/");
    expect(read("link", "http://brandt.example:8080/a?b=c#d")).toBe("http://brandt.example:8080/a?b=c#d");
    expect(read("link", "brandt.example:8080/x")).toBe("https://brandt.example:8080/x");
    for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://brandt.example/", "file:///etc/passwd"]) {
      expect(read("link", text)).toBe("! Only addresses of web pages: https or http.");
    }
    expect(read("link", "https://ann:secret@brandt.example/")).toMatch(/^! Leave out the name/);
    expect(read("link", "not a link")).toMatch(/^! This is no address/);
    expect(read("link", "brandt")).toMatch(/^! This is no address/);
    expect(read("link", `brandt.example/${"a".repeat(1000)}`)).toMatch(/^! This is longer/);
  });

  test("is shown as the reader writes it", () => {
    expect(valueText("number", "1234567.5", "de-DE")).toBe("1.234.567,5");
    expect(valueText("number", "2026", "en-GB")).toBe("2026");
    expect(valueText("date", "2026-03-14", "de-DE")).toBe("14. März 2026");
    expect(valueText("yes-no", "no", "en-GB")).toBe("No");
    expect(valueText("link", "https://www.brandt.example/", "en-GB")).toBe("www.brandt.example");
  });
});

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 20n - 1n), fc.bigInt(0n, 10n ** 10n - 1n), fc.nat(10))
  .map(([negative, whole, part, places]) => {
    const fraction = String(part).padStart(10, "0").slice(0, places).replace(/0+$/, "");
    const plain = fraction ? `${whole}.${fraction}` : String(whole);
    return negative && plain !== "0" ? `-${plain}` : plain;
  });
const locales = ["en-GB", "de-DE", "fr-FR", "de-CH", "pl-PL", "en-IN", "ar-EG", "pt-BR", "sv-SE"];

test("a number reads back as the same from a form and from a file, in every country", () => {
  fc.assert(
    fc.property(decimal, fc.constantFrom(...locales), (value, locale) => {
      const typed = valueToType("number", value, { country: "GB", locale });
      expect(readDecimal(typed, locale)).toEqual({ ok: true, value });
      expect(readDecimal(decimalForFile(value), locale)).toEqual({ ok: true, value });
    }),
  );
});

const scaled = (value: string) => {
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  const figures = BigInt(whole + fraction.padEnd(10, "0"));
  return value.startsWith("-") ? -figures : figures;
};

test("numbers sort by their keys as they do by their size", () => {
  fc.assert(
    fc.property(decimal, decimal, (one, other) => {
      const [a, b] = [decimalKey(one), decimalKey(other)];
      expect(a < b ? -1 : a > b ? 1 : 0).toBe(scaled(one) < scaled(other) ? -1 : scaled(one) > scaled(other) ? 1 : 0);
    }),
  );
});

test("what is read once reads as the same again", () => {
  fc.assert(
    fc.property(fc.constantFrom<CustomFieldType>("text", "link", "date", "yes-no"), fc.string(), (type, text) => {
      const value = read(type, text);
      if (value !== "" && !value.startsWith("! ")) expect(read(type, value)).toBe(value);
    }),
  );
});
