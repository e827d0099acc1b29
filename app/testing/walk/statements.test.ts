/** No page asks the database more than six times: session, place, frame and all, however much there is to show. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listTags } from "~/features/contacts/tags.server";
import { databases } from "~/testing/databases";
import { countStatements } from "~/testing/count-statements";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

const MOST = 6;

const isPage = ({ layout, load }: RouteRow) => !layout && load && !["nobody", "visitor"].includes(load.who);
/** Reads the file itself and looks its rows up, as the import will. */
const withFile = "routes/import/check";
/** Reads the file itself; tell of a long piece of work with all that came of it since. They ask more often, but no more than this. */
const most: Readonly<Record<string, number>> = {
  "routes/import/columns": 7,
  "routes/import/run": 9,
  "routes/changes/detail": 9,
};
const pages = Object.entries(routeTable).filter(([id, row]) => id !== withFile && isPage(row));

describe.each(databases)("on %s", (engine) => {
  let house: House;
  let statements: () => number;

  async function statementsOf(path: string): Promise<number> {
    // The first page of a minute notes when the session was seen.
    await ask(house.site, house.people.operator, path);
    await ask(house.site, house.people.admin, path);
    statements();
    await ask(house.site, house.people.admin, path);
    return statements();
  }

  beforeAll(async () => {
    house = await openHouse(engine);
    statements = countStatements(house.site.world.database);
  });
  afterAll(() => house.site.close());

  test.each(pages)("%s takes six statements at the most", async (id, row) => {
    expect(await statementsOf(row.path(house.example))).toBeLessThanOrEqual(most[id] ?? MOST);
  });

  test("nor does a list that is searched, filtered and sorted, and a contact is asked about at all", async () => {
    const [tag] = await listTags(house.ours);
    const contacts = `/${house.example.slug}/contacts`;
    const view = `q=quill&tag=${tag?.id}&kind=individual&sort=created`;
    expect(await statementsOf(`${contacts}?${view}`)).toBeLessThanOrEqual(MOST);
    expect(await statementsOf(`${contacts}/${house.example.contactId}`)).toBeGreaterThan(2);
  });
});
