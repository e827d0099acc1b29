/** The suppression list page by page: added by hand, found whole, told beside the contact, exported, taken off. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { type PersonName } from "~/testing/walk/people";

const good = { channel: "email", value: "Ann@Okafor.example", reason: "unsubscribed", note: "rang on Friday" };

describe.each(databases)("the pages of the suppression list on %s", (engine) => {
  let house: House;
  let list: string;
  let contact: string;

  beforeAll(async () => {
    house = await openHouse(engine);
    list = `/${house.example.slug}/suppressions`;
    const emails = [{ value: "ann@okafor.example", label: null }];
    const phones = [{ value: "+442079460311", label: null }];
    const { id } = await given.contact(house.ours, { givenName: "Ann", familyName: "Okafor", emails, phones });
    contact = `/${house.example.slug}/contacts/${id}`;
  });
  afterAll(() => house.site.close());

  const get = async (path: string, who: PersonName = "admin") => ask(house.site, house.people[who], path);
  const post = (path: string, fields: Record<string, string> = {}, who: PersonName = "admin") =>
    ask(house.site, house.people[who], path, formFrom(house.site.origin, new URLSearchParams(fields).toString()));

  test("what is added by hand is told on its page, on the contact's, and found by the whole of it", async () => {
    expect((await get(contact)).text).toContain("Nothing is marked.");
    const added = await post(`${list}/new`, good);
    expect(added.status).toBe(303);
    const entry = added.headers.location ?? "";
    const page = (await get(entry)).text;
    for (const words of ["Ann@Okafor.example", "rang on Friday", "Ann Okafor</a>", "Take off the list"]) {
      expect(page).toContain(words);
    }
    const told = (await get(contact)).text;
    expect(told).toContain("on the suppression list since");
    expect(told).toContain("because they unsubscribed");
    expect(told).toContain(`href="${entry}"`);
    expect((await get(`${list}?q=ANN%40okafor.example`)).text).toContain("rang on Friday");
    expect((await get(`${list}?q=okafor`)).text).toContain("Only a whole email");
    expect((await get(`${list}?reason=complained`)).text).not.toContain("rang on Friday");
    const filtered = (await get(`/${house.example.slug}/contacts?marks=suppressed`)).text;
    expect(filtered).toContain(contact);
    expect((await get(`/${house.example.slug}/contacts?marks=none`)).text).not.toContain(contact);
    expect((await post(`${list}/new`, good)).headers.location).toBe(entry);
    expect((await get(`/${house.example.slug}/changes`)).text).toContain("Ann@Okafor.example");
  });

  test("what is no email or number is refused, and everything typed kept", async () => {
    const refused = await post(`${list}/new`, { ...good, value: "ann@@okafor.example", note: "kept note" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("more than one @ sign");
    for (const typed of ["ann@@okafor.example", "kept note"]) expect(refused.text).toContain(typed);
    expect((await post(`${list}/new`, { ...good, channel: "address" })).status).toBe(422);
    expect((await post(`${list}/new`, { ...good, reason: "erased" })).status).toBe(422);
    expect((await post(`${list}/new`, { ...good, channel: "phone", value: "call the office" })).status).toBe(422);
  });

  test("a number is found however it is written", async () => {
    await post(`${list}/new`, { channel: "phone", value: "020 7946 0311", reason: "bad-address", note: "" });
    expect((await get(contact)).text).toContain("because it does not work");
    expect((await get(`${list}?q=%2B44+20+7946+0311`)).text).toContain("020 7946 0311");
  });

  test("it is taken off by an administrator who says why, and by nobody else", async () => {
    const { id } = await suppress(house.ours, {
      ...{ channel: "email", value: "ben@okafor.example", reason: "complained", source: "webhook:ses" },
    });
    const lifting = `${list}/${id}/lifting`;
    expect((await get(`${list}/${id}`, "user")).text).not.toContain("Take off the list");
    expect((await post(lifting, { reason: "no" }, "user")).status).toBe(403);
    expect((await post(lifting, { reason: " " })).status).toBe(422);
    expect((await post(lifting, { reason: "Asked by phone" })).status).toBe(303);
    const page = (await get(`${list}/${id}`)).text;
    expect(page).toContain("Asked by phone");
    expect(page).not.toContain("Take off the list");
    expect((await get(`${list}?lifted=yes`)).text).toContain("ben@okafor.example");
    expect((await get(list)).text).not.toContain("ben@okafor.example");
  });

  test("a viewer sees it and may change nothing", async () => {
    const page = (await get(list, "viewer")).text;
    expect(page).not.toContain("Add to the list");
    expect(page).not.toContain("Export as CSV");
    expect((await post(`${list}/new`, good, "viewer")).status).toBe(403);
    expect((await post(`${list}/export`, {}, "viewer")).status).toBe(403);
  });

  test("the file holds what the page shows, and nothing that a spreadsheet would run", async () => {
    await suppress(house.ours, {
      ...{ channel: "email", value: "eve@okafor.example", reason: "by-hand", note: "=1+1", source: "person" },
    });
    const file = await post(`${list}/export?q=eve%40okafor.example`);
    expect(file.headers["content-disposition"]).toContain("Suppression list.csv");
    const [heading, line, rest] = file.text.replace("\ufeff", "").split("\r\n");
    expect(heading).toBe("What,Address or number,Reason,Note,From,Noted,Noted by");
    expect(line).toMatch(/^Email,eve@okafor\.example,By hand,'=1\+1,a person here,\d{4}-/);
    expect(rest).toBe("");
  });

  test("pages follow one another, the newest first", async () => {
    for (let n = 0; n < 55; n++) {
      const value = `p${n}@pages.example`;
      await suppress(house.ours, { channel: "email", value, reason: "bad-address", source: "webhook:ses" });
    }
    const first = (await get(`${list}?reason=bad-address`)).text;
    expect(first).toContain("p54@pages.example");
    expect(first).not.toContain("p0@pages.example");
    const earlier = /href="([^"]*before=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await get(earlier)).text).toContain("p0@pages.example");
  });
});
