/** The page that asks what to change, where the firm has fields of its own. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

const base = () => `/${house.example.slug}`;
const field = () => house.example.fieldId;
const path = () => `${base()}/contacts/bulk?id=${house.example.contactId}`;

function choose(typed: Record<string, string>) {
  const form = formFrom(house.site.origin, new URLSearchParams(typed).toString());
  return ask(house.site, house.people.user, path(), form);
}

describe("the page that asks what to change", () => {
  test("offers the fields of one's own, each with its value", async () => {
    const { text } = await ask(house.site, house.people.user, path());
    expect(text).toContain(`value="custom:${field()}"`);
    expect(text).toContain(`name="custom.${field()}"`);
  });

  test("keeps what was typed beside the sentence that says what is wrong", async () => {
    const typed = { what: `custom:${field()}`, [`custom.${field()}`]: "x".repeat(2_000), company: "Kiln Row Ltd" };
    const { status, text } = await choose(typed);
    expect(status).toBe(422);
    expect(text).toContain("x".repeat(2_000));
    expect(text).toContain("Kiln Row Ltd");
    expect(text).toMatch(/checked=""[^>]*value="custom:|value="custom:[^>]*checked=""/);
  });

  test("takes no field of another firm's", async () => {
    const { status, text } = await choose({ what: "custom:0192d3b4-0000-7000-8000-000000000000" });
    expect(status).toBe(422);
    expect(text).toContain("Choose what to change.");
  });
});
