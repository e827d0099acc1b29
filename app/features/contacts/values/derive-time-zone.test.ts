import { getCountries } from "libphonenumber-js/min";
import { describe, expect, test } from "vitest";
import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { areaCodes } from "~/features/contacts/values/phone-zone-facts";
import { dividedCountries } from "~/features/contacts/values/time-zone-facts";
import { isTimeZone } from "~/platform/time";

const nowhere = { label: null, street: null, city: null, region: null, postalCode: null, country: null };
const at = (place: Partial<typeof nowhere> | object) =>
  deriveTimeZone({ addresses: [{ ...nowhere, ...place }], phones: [] }, "GB");
const ringing = (value: string) => deriveTimeZone({ addresses: [], phones: [{ value, label: null }] }, "GB");

describe("the time zone of an address", () => {
  test.each([
    [{ city: "Leeds" }, "Europe/London"],
    [{ country: "DE", city: "Berlin" }, "Europe/Berlin"],
    [{ country: "IN", city: "Pune" }, "Asia/Kolkata"],
    [{ country: "UA" }, "Europe/Kyiv"],
    [{ country: "US", region: "NY" }, "America/New_York"],
    [{ country: "US", region: "Texas", postalCode: "79901" }, "America/Denver"],
    [{ country: "US", region: "TX", postalCode: "75201" }, "America/Chicago"],
    [{ country: "US", postalCode: "32501-1234" }, "America/Chicago"],
    [{ country: "US", postalCode: "96813" }, "Pacific/Honolulu"],
    [{ country: "US", region: "az" }, "America/Phoenix"],
    [{ country: "CA", postalCode: "V6B 1A1" }, "America/Vancouver"],
    [{ country: "CA", region: "Québec" }, "America/Toronto"],
    [{ country: "AU", region: "WA" }, "Australia/Perth"],
    [{ country: "AU", postalCode: "0800" }, "Australia/Darwin"],
    [{ country: "BR", region: "São Paulo" }, "America/Sao_Paulo"],
    [{ country: "BR", postalCode: "69005-010" }, "America/Manaus"],
    [{ country: "MX", region: "Sonora" }, "America/Hermosillo"],
    [{ country: "MX", postalCode: "06000" }, "America/Mexico_City"],
    [{ country: "RU", postalCode: "630099" }, "Asia/Novosibirsk"],
    [{ country: "RU", postalCode: "101000" }, "Europe/Moscow"],
    [{ country: "ID", postalCode: "80361" }, "Asia/Makassar"],
    [{ country: "ES", postalCode: "35001" }, "Atlantic/Canary"],
    [{ country: "ES", postalCode: "28001" }, "Europe/Madrid"],
    [{ country: "PT", postalCode: "9500-321" }, "Atlantic/Azores"],
  ])("%j is %s", (place, zone) => {
    expect(at(place)).toEqual({ zone, from: "address" });
  });

  test.each([
    [{ country: "US" }],
    [{ country: "US", city: "Springfield" }],
    [{ country: "Narnia" }],
    [{ country: "RU" }],
  ])("%j is not known", (place) => {
    expect(at(place)).toBeNull();
  });

  test("comes before the phone's, and of several addresses the first that tells is taken", () => {
    const addresses = [
      { ...nowhere, country: "US" },
      { ...nowhere, country: "FR" },
    ];
    const phones = [{ value: "+442079460182", label: null }];
    expect(deriveTimeZone({ addresses, phones }, "GB")).toEqual({ zone: "Europe/Paris", from: "address" });
    expect(deriveTimeZone({ addresses: addresses.slice(0, 1), phones }, "GB")).toMatchObject({ from: "phone" });
  });
});

describe("the time zone of a phone", () => {
  test.each([
    ["+442079460182", "Europe/London"],
    ["+12125550123", "America/New_York"],
    ["+13125550123 ext. 12", "America/Chicago"],
    ["+14165550123", "America/Toronto"],
    ["+18085550123", "Pacific/Honolulu"],
    ["+18765550123", "America/Jamaica"],
    ["+61291234567", "Australia/Sydney"],
    ["+61893214567", "Australia/Perth"],
    ["+5511987654321", "America/Sao_Paulo"],
    ["+493023125014", "Europe/Berlin"],
    ["+390612345678", "Europe/Rome"],
  ])("%s is %s", (value, zone) => {
    expect(ringing(value)).toEqual({ zone, from: "phone" });
  });

  test.each(["+18005550123", "+61412345678", "4711", "+74951234567", "+99999"])("%s is not known", (value) => {
    expect(ringing(value)).toBeNull();
  });
});

describe("the facts", () => {
  test("name zones that there are", () => {
    const zones = [
      ...Object.values(dividedCountries).flatMap(({ byPostcode, byRegion, otherwise }) => [
        ...Object.values(byPostcode),
        ...Object.values(byRegion),
        ...(otherwise ? [otherwise] : []),
      ]),
      ...Object.values(areaCodes).flatMap((table) => [...table.values()]),
    ];
    expect([...new Set(zones)].filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  test("say where every country is that has but one zone, and speak of all that have more", () => {
    const silent = getCountries().filter((country) => !at({ country }) && !dividedCountries[country]);
    // Islands without a zone of their own, or of many.
    expect(silent).toEqual(["AC", "FM", "KI", "MH", "TA"]);
  });

  test("tell in two statements of a table the same prefix only once", () => {
    for (const { byPostcode } of Object.values(dividedCountries)) {
      const keys = Object.keys(byPostcode);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(areaCodes["1"]!.size).toBeGreaterThan(330);
  });
});
