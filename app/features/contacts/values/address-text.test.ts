import { expect, test } from "vitest";
import { addressText, homeOf } from "~/features/contacts/values/address-text";

const nothing = { label: null, street: null, city: null, region: null, postalCode: null, country: null };
const leeds = { ...nothing, street: "9 Kiln Row", city: "Leeds", postalCode: "LS1 4AP", country: "GB" };
const berlin = { ...nothing, street: "Linienstraße 4", city: "Berlin", postalCode: "10115", country: "DE" };

test("an address is written in its country's order, its country named where it is not the account's own", () => {
  const british = homeOf({ locale: "en-GB", phoneCountry: "GB" });
  const german = { locale: "de-DE", country: "DE" };
  expect(addressText(leeds, british)).toBe("9 Kiln Row, Leeds, LS1 4AP");
  expect(addressText(leeds, german)).toBe("9 Kiln Row, Leeds, LS1 4AP, Vereinigtes Königreich");
  expect(addressText(berlin, british)).toBe("Linienstraße 4, 10115 Berlin, Germany");
  expect(addressText(berlin, german)).toBe("Linienstraße 4, 10115 Berlin");
});

test("parts may be missing, a county stands before the postcode, and a country nobody knows is left as it was typed", () => {
  const british = homeOf({ locale: "en-GB", phoneCountry: "GB" });
  expect(addressText({ ...leeds, region: "West Yorkshire", street: null, country: null }, british)).toBe(
    "Leeds, West Yorkshire, LS1 4AP",
  );
  expect(
    addressText({ ...nothing, city: "Springfield", region: "IL", postalCode: "62701", country: "US" }, british),
  ).toBe("Springfield, IL 62701, United States");
  expect(addressText({ ...nothing, country: "Ruritania" }, british)).toBe("Ruritania");
  expect(addressText({ ...nothing, street: "Mill House\nBack Lane" }, british)).toBe("Mill House, Back Lane");
});
