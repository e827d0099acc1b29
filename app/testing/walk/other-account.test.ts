/**
 * What is another account's answers like what is not there, to the byte: its slug, and each of its ids wherever an
 * address, a query string or a form can name one. And nothing of it changes.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { tableRows } from "~/testing/table-rows";
import { type Example, tellTales } from "~/testing/walk/examples";
import { ask, dataOf, type House, openHouse, postTo } from "~/testing/walk/house";
import { again, type Person } from "~/testing/walk/people";
import { told } from "~/testing/walk/same-bytes";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

const ofAccounts = Object.entries(routeTable).filter(
  ([, row]) => row.path({ slug: "zymurgy" } as Example) !== row.path({ slug: "okafor" } as Example),
);
const withIds = Object.entries(routeTable).flatMap(([id, row]) =>
  (row.ids ?? []).map((name) => [id, name, row] as const),
);

describe.each(databases)("on %s", (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  /** Every answer that a person of the other account gets to loading. `blank`: what is not to count. */
  async function loaded(id: string, row: RouteRow, example: Example, blank: readonly string[]): Promise<object[]> {
    const path = row.path(example);
    const searches = ["", ...(row.searches?.(example) ?? []).map((search) => `?${search}`)];
    const paths = searches.flatMap((search) => [
      ...(row.layout ? [] : [path + search]),
      dataOf(path + search),
      dataOf(path + search, id),
    ]);
    const answers = [];
    for (const one of paths) answers.push(told(await ask(house.site, house.people.stranger, one), blank));
    return answers;
  }

  async function posted(row: RouteRow, example: Example, blank: readonly string[]): Promise<object[]> {
    if (!row.post) return [];
    const { site, people } = house;
    const form = postTo(site, row, example);
    const path = row.path(example);
    const answers = [
      await ask(site, people.stranger, path, form),
      await ask(site, people.stranger, dataOf(path), form),
    ];
    return answers.map((answer) => told(answer, blank));
  }

  test.each(ofAccounts)("%s of an account that is not theirs is as if there were none", async (id, row) => {
    const none = { ...house.example, slug: "no-such-firm" };
    const blank = [house.example.slug, none.slug];
    expect(await loaded(id, row, house.example, blank)).toEqual(await loaded(id, row, none, blank));
    expect(await posted(row, house.example, blank)).toEqual(await posted(row, none, blank));
  });

  test.each(withIds)("%s takes our %s for none at all", async (id, name, row) => {
    const before = await tableRows(house.site.world.database, house.ours.account.id);
    // Two, as a form that names several uses them up; made beforehand, as pages count what there is.
    const [one, other] = [await house.another(row, house.theirs), await house.another(row, house.theirs)];
    const [ours, none] = [{ [name]: house.example[name] }, { [name]: newId() }];
    const swapped = Object.values({ ...ours, none: none[name] ?? "" });
    const loads = await loaded(id, row, { ...one, ...ours }, swapped);
    expect(loads).toEqual(await loaded(id, row, { ...one, ...none }, swapped));
    const blank = [...swapped, ...Object.values(one), ...Object.values(other)];
    const posts = await posted(row, { ...one, ...ours }, blank);
    expect(posts).toEqual(await posted(row, { ...other, ...none }, blank));
    expect(await tableRows(house.site.world.database, house.ours.account.id)).toEqual(before);
    expect(JSON.stringify([loads, posts])).not.toContain("Zymurgy Holdings");
  });

  test("a session of somebody else is none at all; for one's own, password and code are asked once more", async () => {
    const { site, people, installation } = house;
    const listed = () => installation.db.selectFrom("sessions").select(["id", "user_id"]).orderBy("id").execute();
    const earlier = await listed();
    const idOf = ({ user }: Person) => earlier.find((session) => session.user_id === user?.id)?.id ?? "";
    const viewer = await again(installation, people.viewer);
    const before = await listed();
    const proof = { path: () => "", form: () => ({ password: "not the right words", code: "000000" }) };
    const end = (sessionId: string) =>
      ask(site, viewer, `/person/sessions/end?session=${sessionId}`, postTo(site, proof, house.example));
    const other = idOf(people.admin);
    const refused = await end(other);
    expect(told(refused, [other])).toEqual(told(await end(newId()), []));
    expect([refused.status, (await end(idOf(people.viewer))).status]).toEqual([404, 422]);
    expect(await listed()).toEqual(before);
  });

  test("tell-tales are told to whom they may be", async () => {
    const { example, site, people } = house;
    const page = await ask(site, people.user, `/${example.slug}/contacts/${example.contactId}`);
    for (const word of tellTales.slice(0, 4)) expect(page.text).toContain(word);
  });
});
