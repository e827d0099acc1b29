import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addMoney,
  compareMoney,
  currencyExponent,
  formatMoney,
  isCurrency,
  money,
  moneyDigits,
  parseMoney,
  splitMoney,
  subtractMoney,
  sumMoney,
} from "~/platform/money";

const currencies = fc.constantFrom("GBP", "EUR", "USD", "JPY", "KWD", "CLF", "CHF");
const minors = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
const locales = fc.constantFrom("en-GB", "de-DE", "fr-FR", "de-CH", "en-IN", "sv-SE", "pl-PL");

describe("money", () => {
  test.each([
    ["GBP", 2],
    ["JPY", 0],
    ["KWD", 3],
    ["CLF", 4],
  ])("%s has %i decimals", (currency, decimals) => expect(currencyExponent(currency)).toBe(decimals));

  test("knows the same currencies and decimals as Intl, where Intl follows ISO 4217", () => {
    // Intl (CLDR) counts what is used in shops; ISO 4217 the unit of account. These differ on purpose.
    const differ = new Set(
      "AFN ALL IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SOS SYP TWD UYW YER COP CLF HUF TZS".split(" "),
    );
    for (const code of Intl.supportedValuesOf("currency").filter(isCurrency)) {
      if (differ.has(code)) continue;
      const decimals = new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions();
      expect([code, currencyExponent(code)]).toEqual([code, decimals.maximumFractionDigits]);
    }
  });

  test("an unknown or old currency is refused", () => {
    for (const code of ["XXX", "DEM", "gbp", "", "constructor"]) {
      expect(isCurrency(code)).toBe(false);
      expect(() => money(1n, code)).toThrow(RangeError);
    }
  });

  test("two currencies are never mixed", () => {
    const [pounds, euros] = [money(1n, "GBP"), money(1n, "EUR")];
    expect(() => addMoney(pounds, euros)).toThrow("cannot be mixed");
    expect(() => subtractMoney(pounds, euros)).toThrow("cannot be mixed");
    expect(() => compareMoney(pounds, euros)).toThrow("cannot be mixed");
    expect(() => sumMoney([pounds, euros], "GBP")).toThrow("cannot be mixed");
  });

  test("sums are exact, in any order", () => {
    fc.assert(
      fc.property(fc.array(minors), (all) => {
        const forwards = sumMoney(
          all.map((minor) => money(minor, "EUR")),
          "EUR",
        );
        const backwards = sumMoney(
          all.toReversed().map((minor) => money(minor, "EUR")),
          "EUR",
        );
        return forwards.minor === backwards.minor && forwards.minor === all.reduce((a, b) => a + b, 0n);
      }),
    );
  });

  test("shares add up to the whole and differ by one unit at most", () => {
    fc.assert(
      fc.property(minors, fc.integer({ min: 1, max: 50 }), (minor, parts) => {
        const shares = splitMoney(money(minor, "EUR"), parts).map((share) => share.minor);
        const spread = shares.reduce((a, b) => (a > b ? a : b)) - shares.reduce((a, b) => (a < b ? a : b));
        return shares.reduce((a, b) => a + b) === minor && spread <= 1n;
      }),
    );
  });

  test("what is shown can be read again, in every locale and currency", () => {
    fc.assert(
      fc.property(minors, currencies, locales, (minor, currency, locale) => {
        const shown = formatMoney(money(minor, currency), locale);
        expect(parseMoney(shown, currency, locale)).toEqual({ ok: true, money: { minor, currency } });
      }),
    );
  });

  test("plain digits are exact beyond what a float holds", () => {
    expect(moneyDigits(money(900719925474099301n, "GBP"))).toBe("9007199254740993.01");
    expect(moneyDigits(money(-5n, "GBP"))).toBe("-0.05");
    expect(moneyDigits(money(5n, "JPY"))).toBe("5");
    expect(formatMoney(money(900719925474099301n, "GBP"), "en-GB")).toBe("£9,007,199,254,740,993.01");
  });

  test.each([
    ["12.50", "GBP", "en-GB", 1250n],
    ["£1,234.5", "GBP", "en-GB", 123450n],
    ["1.234,50 €", "EUR", "de-DE", 123450n],
    ["1 234,50", "EUR", "fr-FR", 123450n],
    ["CHF 1’234.50", "CHF", "de-CH", 123450n],
    ["12,34,567", "INR", "en-IN", 123456700n],
    ["-3", "EUR", "de-DE", -300n],
    ["¥1,000", "JPY", "en-GB", 1000n],
    ["1.000", "KWD", "en-GB", 1000n],
    ["1.50", "JPY", "en-GB", "too-many-decimals"],
    ["1.999", "GBP", "en-GB", "too-many-decimals"],
    ["12,50", "GBP", "en-GB", "ambiguous"],
    ["1.2.3", "GBP", "en-GB", "ambiguous"],
    ["1,23,4", "GBP", "en-GB", "ambiguous"],
    ["", "GBP", "en-GB", "not-a-number"],
    [".", "GBP", "en-GB", "not-a-number"],
    ["twelve", "GBP", "en-GB", "not-a-number"],
    ["$12", "GBP", "en-GB", "not-a-number"],
    ["12 USD", "GBP", "en-GB", "not-a-number"],
    ["1e9", "GBP", "en-GB", "not-a-number"],
    ["99999999999999999999", "GBP", "en-GB", "too-large"],
  ] as const)("%j in %s for %s is %s", (text, currency, locale, expected) => {
    const parsed = parseMoney(text, currency, locale);
    expect(parsed.ok ? parsed.money.minor : parsed.reason).toBe(expected);
  });
});
