import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Address } from "~/features/contacts/contact";
import { addressBlock } from "~/features/contacts/print/address-block";

const britain = { locale: "en-GB", country: "GB" };
const germany = { locale: "de-DE", country: "DE" };
const nothing: Address = { label: null, street: null, city: null, region: null, postalCode: null, country: null };

function lines(address: Partial<Address>, home = britain): string[] {
  return addressBlock({ names: ["Folasade Adebayo"], address: { ...nothing, ...address } }, home).slice(1);
}

const leeds = { street: "9 Kiln Row", city: "Leeds", region: "West Yorkshire", postalCode: "LS1 4AP", country: "GB" };
const berlin = { street: "Linienstraße 4", city: "Berlin", postalCode: "10115", country: "DE" };

describe("the order of the country that it goes to", () => {
  test.each<[string, Partial<Address>, string[]]>([
    ["Germany", berlin, ["Linienstraße 4", "10115 Berlin", "GERMANY"]],
    [
      "France, a county that was typed is kept",
      { street: "12 rue de la Paix", city: "Lyon", postalCode: "69002", region: "Rhône", country: "FR" },
      ["12 rue de la Paix", "69002 Lyon", "Rhône", "FRANCE"],
    ],
    [
      "the United States",
      { street: "400 Oak Street\nSuite 12", city: "Springfield", region: "IL", postalCode: "62701", country: "US" },
      ["400 Oak Street", "Suite 12", "Springfield, IL 62701", "UNITED STATES"],
    ],
    [
      "Canada, two spaces before the postcode",
      { street: "88 Rideau Street", city: "Ottawa", region: "ON", postalCode: "K1N 5X8", country: "CA" },
      ["88 Rideau Street", "Ottawa ON  K1N 5X8", "CANADA"],
    ],
    [
      "Australia",
      { street: "7 Harbour Lane", city: "Sydney", region: "NSW", postalCode: "2000", country: "AU" },
      ["7 Harbour Lane", "Sydney NSW  2000", "AUSTRALIA"],
    ],
    [
      "Ireland",
      { street: "3 Abbey Street", city: "Dublin", region: "Co. Dublin", postalCode: "D01 W2H4", country: "IE" },
      ["3 Abbey Street", "Dublin", "Co. Dublin", "D01 W2H4", "IRELAND"],
    ],
    [
      "Italy, the province beside the town",
      { street: "Via Roma 8", city: "Monza", region: "MB", postalCode: "20900", country: "IT" },
      ["Via Roma 8", "20900 Monza MB", "ITALY"],
    ],
    [
      "Hungary, the town above the street",
      { street: "Honvéd utca 13-15.", city: "Budapest", postalCode: "1054", country: "HU" },
      ["Budapest", "Honvéd utca 13-15.", "1054", "HUNGARY"],
    ],
    [
      "Brazil",
      { street: "Rua Augusta 900", city: "São Paulo", region: "SP", postalCode: "01304-001", country: "BR" },
      ["Rua Augusta 900", "São Paulo - SP", "01304-001", "BRAZIL"],
    ],
    [
      "India",
      { street: "14 MG Road", city: "Bengaluru", region: "Karnataka", postalCode: "560001", country: "IN" },
      ["14 MG Road", "Bengaluru - 560001", "Karnataka", "INDIA"],
    ],
    [
      "Japan",
      { street: "1-9-1 Marunouchi, Chiyoda-ku", city: "Tokyo", postalCode: "100-0005", country: "JP" },
      ["1-9-1 Marunouchi, Chiyoda-ku", "Tokyo, 100-0005", "JAPAN"],
    ],
    [
      "Hong Kong, which has no postcodes",
      { street: "18 Queen's Road", city: "Central", country: "HK" },
      ["18 Queen's Road", "Central", "HONG KONG SAR CHINA"],
    ],
  ])("%s", (_, address, expected) => {
    expect(lines(address)).toEqual(expected);
  });
});

test("within the account's own country no country is named, nor where none is known", () => {
  expect(lines(leeds)).toEqual(["9 Kiln Row", "Leeds", "West Yorkshire", "LS1 4AP"]);
  expect(lines({ ...leeds, country: null })).toEqual(["9 Kiln Row", "Leeds", "West Yorkshire", "LS1 4AP"]);
  expect(lines(berlin, germany)).toEqual(["Linienstraße 4", "10115 Berlin"]);
  expect(lines(leeds, germany).at(-1)).toBe("UNITED KINGDOM");
});

test("an estate is written to in care of its executor", () => {
  const block = addressBlock(
    { names: ["Estate of Winifred Hale"], careOf: "Rowan Hale", address: { ...nothing, ...leeds } },
    britain,
  );
  expect(block.slice(0, 3)).toEqual(["Estate of Winifred Hale", "c/o Rowan Hale", "9 Kiln Row"]);
});

test("what is missing leaves no empty line and no lonely comma, and a country that nobody knows stays as it was typed", () => {
  expect(lines({ city: "Springfield", country: "US" })).toEqual(["Springfield", "UNITED STATES"]);
  expect(lines({ postalCode: "62701", country: "US" })).toEqual(["62701", "UNITED STATES"]);
  expect(lines({ city: "Strelsau", country: "Ruritania" })).toEqual(["Strelsau", "RURITANIA"]);
  expect(lines({ region: "SP", country: "BR" })).toEqual(["SP", "BRAZIL"]);
});

test("nothing of an address is lost, whatever its country", () => {
  const word = fc.stringMatching(/^[A-Za-zäöüß]{2,9}$/);
  fc.assert(
    fc.property(
      fc.record({ street: word, city: word, region: word, postalCode: fc.stringMatching(/^[0-9]{4,5}$/) }),
      fc.constantFrom("GB", "DE", "US", "CA", "HU", "BR", "IN", "JP", "CN", "HK", "ES", "ZZ"),
      (parts, country) => {
        const block = lines({ ...parts, country }, { locale: "en-GB", country: "IE" });
        const whole = block.join("\n");
        for (const part of Object.values(parts)) expect(whole).toContain(part);
        for (const line of block) expect(line).toMatch(/^[^\s,-].*[^\s,-]$/u);
      },
    ),
  );
});
