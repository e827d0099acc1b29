/** No page asks the database more than six times: session, place, frame and all, however much there is to show. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listTags } from "~/features/contacts/tags.server";
import { databases } from "~/testing/databases";
import { csvOf, imported, refusedSheet, typed } from "~/testing/corrected";
import { countStatements } from "~/testing/count-statements";
import { undoneWholly } from "~/testing/given-undo";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

const MOST = 6;

const isPage = ({ layout, load }: RouteRow) => !layout && load && !["nobody", "visitor"].includes(load.who);
/** Reads the file itself and looks its rows up, as the import will. */
const withFile = "routes/import/check";
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

  test.each(pages)("%s takes six statements at the most", async (_, row) => {
    expect(await statementsOf(row.path(house.example))).toBeLessThanOrEqual(MOST);
  });

  test("more are asked only where an import was corrected or undone, each for what came of it since", async () => {
    const first = await imported(house.ours, "Name,Email\nAnn Okafor,ann@okafor.example\nBen Hale,ben at hale\n");
    const mended = typed(await refusedSheet(first.scope, first.id), "Email", () => "ben@hale.example");
    const second = await imported(first.scope, csvOf(mended), "mended.csv");
    const page = (path: string) => statementsOf(`/${house.example.slug}${path}`);
    // The imports that corrected it.
    expect(await page(`/imports/${first.id}`)).toBeLessThanOrEqual(MOST + 1);
    // The import that it corrects.
    expect(await page(`/imports/${second.id}`)).toBeLessThanOrEqual(MOST + 1);
    // Its file, how many it is about, and the corrections that go along with its undo.
    expect(await page(`/changes/${first.changeSetId}`)).toBeLessThanOrEqual(MOST + 2);
    const undone = await undoneWholly(second.scope, first.changeSetId ?? "");
    // Both the change and its last undo with their line, the undo's job, what went along with it, corrections left, and
    // whether its rows came in again.
    expect(await page(`/changes/${first.changeSetId}`)).toBeLessThanOrEqual(MOST + 7);
    // The undo with its line, its file, its job, what went along with it, and whether its rows came in again.
    expect(await page(`/changes/${undone.changeSetId}`)).toBeLessThanOrEqual(MOST + 5);
  });

  test("nor does a list that is searched, filtered and sorted, and a contact is asked about at all", async () => {
    const [tag] = await listTags(house.ours);
    const contacts = `/${house.example.slug}/contacts`;
    const view = `q=quill&tag=${tag?.id}&kind=individual&sort=created`;
    expect(await statementsOf(`${contacts}?${view}`)).toBeLessThanOrEqual(MOST);
    expect(await statementsOf(`${contacts}/${house.example.contactId}`)).toBeGreaterThan(2);
  });
});
