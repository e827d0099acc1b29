/**
 * The matrix of refusals: every route of `app/routes.ts`, everyone who can come, every way to ask. Who may is in
 * `route-table.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { type Answer } from "~/testing/site";
import { type SiteRoute, wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";
import { tellTales } from "~/testing/walk/examples";
import { type Expected, expected } from "~/testing/walk/expected";
import { ask, dataOf, type House, openHouse, postTo } from "~/testing/walk/house";
import { again, type Person } from "~/testing/walk/people";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

const rows = Object.entries(routeTable);

test("every route, loader and action is in the table, and nothing else", async () => {
  const has = (id: string, module: SiteRoute["module"]) => ({
    id,
    load: "loader" in module,
    post: "action" in module,
  });
  const told = rows.map(([id, row]) => ({ id, load: Boolean(row.load), post: Boolean(row.post) }));
  const found = (await wholeSite()).map(({ id, module }) => has(id, module));
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
  expect(told.sort(byId), "Add what is new to app/testing/walk/route-table.ts").toEqual(found.sort(byId));
});

/** Single fetch carries a redirect as 202. */
const asData = (status: number) => (status >= 300 && status < 400 ? 202 : status);

function check(answer: Answer, { status, location, letIn }: Expected, told: { what: string; isData?: boolean }): void {
  const { what, isData = false } = told;
  expect(isData ? status.map(asData) : status, what).toContain(answer.status);
  if (location) expect(answer.headers.location?.split("?")[0], what).toBe(location);
  if (!letIn) expectNothingOfOurs(answer, what);
}

function expectNothingOfOurs(answer: Answer, what: string): void {
  for (const word of tellTales) expect(answer.text.includes(word), `${what} shows ${word}`).toBe(false);
}

describe.each(databases)("on %s", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  async function loadAll(id: string, row: RouteRow, person: Person): Promise<void> {
    const path = row.path(house.example);
    const wanted = expected(row.load, person);
    const what = `${person.name} loads ${id}`;
    if (!row.layout) check(await ask(house.site, person, path), wanted, { what });
    const alone = await ask(house.site, person, dataOf(path, id));
    check(alone, wanted, { what: `${what} as data, alone`, isData: true });
    // All loaders at once: a page's own must not answer where the frame's refuses. Members may see the frame.
    if (person.role || !person.user) return;
    const whole = await ask(house.site, person, dataOf(path));
    expect(whole.status, what).toBeLessThan(500);
    if (!wanted.letIn) expectNothingOfOurs(whole, what);
  }

  async function postAll(id: string, row: RouteRow, person: Person): Promise<void> {
    const wanted = expected(row.post, person);
    const options = postTo(house.site, row, house.example);
    const what = `${person.name} posts to ${id}`;
    const path = row.path(house.example);
    check(await ask(house.site, person, path, options), wanted, { what });
    check(await ask(house.site, person, dataOf(path), options), wanted, { what: `${what} as data`, isData: true });
  }

  describe.each(rows)("%s", (id, row) => {
    const everybody = () => Object.values(house.people);

    test("shows itself to whom it may and writes nothing by that", async () => {
      const before = await tableRows(house.site.world.database);
      for (const person of everybody()) await loadAll(id, row, person);
      expect(await tableRows(house.site.world.database)).toEqual(before);
    });

    test.skipIf(row.layout)("writes nothing for whom it refuses", async () => {
      const before = await tableRows(house.site.world.database);
      const stopped = everybody().filter((person) => !expected(row.post, person).letIn);
      for (const person of stopped) await postAll(id, row, person);
      expect(await tableRows(house.site.world.database)).toEqual(before);
    });

    test.skipIf(row.layout || !row.post)("takes a form from whom it may", async () => {
      for (const person of everybody().filter((person) => expected(row.post, person).letIn)) {
        const own = await again(house.installation, person);
        const example = row.ids ? await house.another(row) : house.example;
        const answer = await ask(house.site, own, row.path(example), postTo(house.site, row, example));
        check(answer, expected(row.post, person), { what: `${person.name} posts to ${id}` });
      }
    });
  });
});
