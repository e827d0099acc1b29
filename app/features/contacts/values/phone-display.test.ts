import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { phoneHref, phoneText } from "~/features/contacts/values/phone-display";
import { readPhone } from "~/features/contacts/values/phone-number";

describe("a phone number", () => {
  test.each([
    ["+442079460182", "GB", "020 7946 0182"],
    ["+442079460182", "DE", "+44 20 7946 0182"],
    ["+493023125014", "DE", "030 23125014"],
    ["+493023125014", "GB", "+49 30 23125014"],
    ["+442079460182 ext. 12", "GB", "020 7946 0182 ext. 12"],
    ["+12125550123", "US", "(212) 555-0123"],
    // Canada shares its code, but is another country.
    ["+16045550123", "US", "+1 604 555 0123"],
    ["+919876543210", "IN", "098765 43210"],
    // Ofcom keeps these for films: nobody's country, and still British.
    ["+447700900123", "GB", "07700 900123"],
    ["+447700900123", "DE", "+44 7700 900123"],
    ["4711", "GB", "4711"],
    ["+999123", "GB", "+999123"],
    ["020 7946 0182", "GB", "020 7946 0182"],
  ])("%s at home in %s is written %s", (value, home, text) => {
    expect(phoneText(value, home)).toBe(text);
  });

  test("dials with its country's code, however it is written", () => {
    expect(phoneHref("+442079460182 ext. 12")).toBe("tel:+442079460182");
    expect(phoneHref("4711")).toBeNull();
  });

  test("reads back as what was stored, so that a form sent unchanged changes nothing", () => {
    const countries = fc.constantFrom(
      "GB",
      "DE",
      "IT",
      "US",
      "CA",
      "IN",
      "BR",
      "AR",
      "MX",
      "FR",
      "NG",
      "RU",
      "KZ",
      "JE",
    );
    const typed = fc.stringMatching(/^(\+(44|49|39|1|91|55|54|52|33|234|7)|0)[1-9][0-9]{5,11}( ext\. [1-9]{2})?$/);
    fc.assert(
      fc.property(typed, countries, countries, (text, at, home) => {
        const read = readPhone(text, at);
        if (!read.ok || !read.value.startsWith("+")) return;
        const again = readPhone(phoneText(read.value, home), home);
        // Some few that cannot be real numbers do not even read as themselves.
        expect([read, readPhone(read.value, home)]).toContainEqual(again);
      }),
      { numRuns: 1_000 },
    );
  });
});
