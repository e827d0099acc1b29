import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainDigits } from "~/platform/digits";
import { isOfferedLocale, localeOptions } from "~/platform/locales.server";
import { formatMoney, parseMoney } from "~/platform/money";
import { formatDate } from "~/platform/time";
import { timeZoneNamed, timeZoneNames } from "~/platform/time-zones.server";

const example = { currency: "EUR", date: "2026-11-21" };
const tags = localeOptions(example).map(({ value }) => value);

describe("ways of writing dates and numbers", () => {
  test("are what this machine has, each once, with a date and an amount as an example", () => {
    expect(new Set(tags).size).toBe(tags.length);
    expect(Intl.DateTimeFormat.supportedLocalesOf(tags)).toEqual(tags);
    const german = localeOptions(example).find(({ value }) => value === "de-DE");
    expect(german?.label).toBe("German (Germany): 21. November 2026 · 1.234.567,50\u00a0€");
  });

  test("have the present one among them, though it is not on offer", () => {
    expect(isOfferedLocale("en-JP")).toBe(false);
    expect(localeOptions(example, "en-JP").map(({ value }) => value)).toContain("en-JP");
    expect(localeOptions(example, "de-DE")).toHaveLength(tags.length);
  });

  test("an amount written in any of them is read as the same", () => {
    const currencies = fc.constantFrom("EUR", "GBP", "JPY", "KWD", "EGP", "INR", "CHF");
    const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(fc.constantFrom(...tags), currencies, minor, (locale, currency, minor) => {
        const read = parseMoney(formatMoney({ minor, currency }, locale), currency, locale);
        expect(read).toEqual({ ok: true, money: { minor, currency } });
      }),
      { numRuns: 2_000 },
    );
  });

  test("numbers and amounts of English elsewhere have the same marks", () => {
    expect(formatMoney({ minor: 123_450n, currency: "EUR" }, "en-DE")).toBe("€1.234,50");
    expect(formatMoney({ minor: 123_450n, currency: "EUR" }, "en-GB")).toBe("€1,234.50");
  });

  test("years are counted alike everywhere", () => {
    for (const locale of ["th-TH", "fa-IR", "ar-SA"]) {
      expect(plainDigits(formatDate({ locale, timeZone: "UTC" }, "2026-11-21"))).toContain("2026");
    }
  });
});

describe("digits", () => {
  test.each([
    ["١٢٬٣٤٥", "12٬345"],
    ["२०२६", "2026"],
    ["০৯", "09"],
    ["𝟘𝟡 and 42", "09 and 42"],
    ["½ a dozen", "½ a dozen"],
  ])("%s are %s", (typed, plain) => expect(plainDigits(typed)).toBe(plain));
});

describe("time zones", () => {
  test("have the names of today, each once", () => {
    expect(new Set(timeZoneNames).size).toBe(timeZoneNames.length);
    for (const zone of ["Asia/Kolkata", "Europe/Kyiv", "Asia/Kathmandu", "UTC"]) expect(timeZoneNames).toContain(zone);
    expect(timeZoneNames).not.toContain("Asia/Calcutta");
  });

  test.each([
    ["europe/berlin", "Europe/Berlin"],
    [" New York ", "America/New_York"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["US/Eastern", "America/New_York"],
    ["utc", "UTC"],
    ["Middle-earth/Bree", null],
    ["+01:00", null],
    ["", null],
    ["__proto__", null],
  ])("%j is %s", (typed, zone) => expect(timeZoneNamed(typed)).toBe(zone));

  test("each is found by its own name", () => {
    for (const zone of timeZoneNames) expect(timeZoneNamed(zone)).toBe(zone);
  });
});
