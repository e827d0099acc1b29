/** The panel of the list's columns closes once they are chosen. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

/** The address that the form's own leads to, and the panel there. */
async function sent(query: string) {
  const list = `/${house.example.slug}/contacts`;
  const { headers } = await ask(house.site, house.people.admin, `${list}?${query}`);
  const { text } = await ask(house.site, house.people.admin, headers.location ?? "");
  return { query: headers.location?.slice(list.length), panel: /<details class="columns-fold"[^>]*>/.exec(text)?.[0] };
}

test("it closes when the columns are shown, and stays open for the next press of an arrow", async () => {
  const columns = "columns=name&columns=email&columns=city";
  expect(await sent(columns)).toEqual({ query: "?columns=email,city", panel: '<details class="columns-fold">' });
  const moved = await sent(`${columns}&move=city-up`);
  expect(moved.query).toBe("?columns=city,email&choose=columns");
  expect(moved.panel).toContain(" open");
});
