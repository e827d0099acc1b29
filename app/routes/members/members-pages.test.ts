/** Leaving and being removed, as the pages ask for it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setMembership } from "~/features/accounts/members.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";

describe.each(databases)("removing a member on %s", (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.site.close());

  async function memberWith(contacts: number): Promise<{ path: string; userId: string }> {
    const user = await given.user(house.installation, { name: "Tom Pemberton" });
    await setMembership(house.ours, { userId: user.id, role: "user" });
    const tom = { ...house.ours, user, role: "user" as const };
    for (let made = 0; made < contacts; made += 1) await given.contact(tom);
    return { path: `/${house.ours.account.slug}/members/${user.id}`, userId: user.id };
  }

  const remove = (path: string, handTo: string) =>
    ask(house.site, house.people.admin, `${path}/removal`, formFrom(house.site.origin, `handTo=${handTo}`));
  const look = (path: string) => ask(house.site, house.people.admin, path);

  test("asks to whom things are handed, with no answer given beforehand", async () => {
    const { path } = await memberWith(1);
    const page = (await look(`${path}/removal`)).text;
    const select = /<select[^>]*name="handTo".*?<\/select>/.exec(page)?.[0] ?? "";
    expect(/<option value="" selected="">Choose one/.test(select)).toBe(true);
    expect(select).toContain('<option value="nobody">Nobody</option>');
    const unchosen = await remove(path, "");
    expect([unchosen.status, unchosen.text.includes("Choose to whom you hand over what is theirs.")]).toEqual([
      422,
      true,
    ]);
    expect((await look(path)).status).toBe(200);
    expect((await remove(path, "nobody")).headers.location).toBe(`/${house.ours.account.slug}/members`);
    expect((await look(path)).status).toBe(404);
  });

  test("asks nothing of the kind where there is nothing to hand over", async () => {
    const { path } = await memberWith(0);
    expect((await look(`${path}/removal`)).text).not.toContain('name="handTo"');
    expect((await remove(path, "")).status).toBe(303);
  });
});
