import { describe, expect, test } from "vitest";
import { reservedSlugs, slugProblem } from "~/features/accounts/account";
import { accountProblem } from "~/features/accounts/accounts.server";
import { countryOptions } from "~/features/accounts/countries";
import { newFirm } from "~/features/accounts/new-firm";

describe("a new firm", () => {
  test("has the address of its name and the customs of its country", () => {
    expect(newFirm("Brandt Holzbau GmbH", "DE")).toEqual({
      name: "Brandt Holzbau GmbH",
      slug: "brandt-holzbau-gmbh",
      colour: 4,
      phoneCountry: "DE",
      locale: "en-DE",
      currency: "EUR",
      timeZone: "Europe/Berlin",
    });
  });

  test("whose name is an address of ours gets one beside it", () => {
    for (const name of reservedSlugs) expect(slugProblem(newFirm(name, "GB")?.slug ?? "")).toBeNull();
    expect(newFirm("Contacts", "GB")?.slug).toBe("contacts-1");
  });

  test("of every country that is offered can be made, of any other there is none", () => {
    for (const { value } of countryOptions) {
      const firm = newFirm("Okafor & Lindqvist", value);
      expect(firm && accountProblem(firm)).toBeNull();
    }
    expect(newFirm("Okafor & Lindqvist", "XX")).toBeNull();
  });
});
