/** The settings of the model that helps with columns, as an administrator meets them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";

describe.each(databases)("the model’s settings on %s", (engine) => {
  let house: House;
  let page: string;
  beforeAll(async () => {
    house = await openHouse(engine);
    page = `/${house.example.slug}/settings/model`;
  });
  afterAll(() => house.site.close());

  const get = async () => (await ask(house.site, house.people.admin, page)).text;
  const post = (fields: Record<string, string> = {}, path = "") => {
    const form = formFrom(house.site.origin, new URLSearchParams(fields).toString());
    return ask(house.site, house.people.admin, page + path, form);
  };
  const version = async () => /name="version" value="(\d+)"/.exec(await get())?.[1] ?? "";
  const right = {
    address: "api.openai.com/v1/",
    model: "gpt-5-mini",
    key: "sk-canary-4711",
    samples: "2",
    isOn: "yes",
  };

  test("are off at first, and say what would leave the house", async () => {
    await post({}, "/removal");
    const text = await get();
    expect(text).toContain("Nothing, as long as it is off.");
    expect(text).toContain("<code>Xxxx Xxxx</code>");
    expect(text).toContain("<code>9999-99-99</code>");
    expect(/<input[^>]*value="no"[^>]*>/.exec(text)?.[0]).toContain("checked");
  });

  test("keep what was typed where something is wrong, but for the key, and never show that", async () => {
    const wrong = await post({ ...right, address: "http://127.0.0.1:8080/v1", version: "0" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("Enter an address that begins with https://");
    expect(wrong.text).toContain("gpt-5-mini");
    expect(wrong.text).not.toContain("sk-canary-4711");
    expect((await post({ ...right, version: "0" })).status).toBe(303);
    const text = await get();
    expect(text).toContain('value="https://api.openai.com/v1"');
    expect(text).toContain("To api.openai.com, each time");
    expect(text).toContain("One is kept, encrypted.");
    expect(text).not.toContain("sk-canary");
    expect(text).toContain("What is sent of it");
    await post({ ...right, key: "", samples: "0", version: await version() });
    const without = await get();
    expect(without).toContain("no values at all, not even masked ones.");
    expect(without).not.toContain("What is sent of it");
    await post({ ...right, key: "", version: await version() });
  });

  test("ask for the key again where the address is another", async () => {
    const moved = await post({ ...right, address: "https://m.evil.example/v1", key: "", version: await version() });
    expect([moved.status, moved.text]).toEqual([422, expect.stringContaining("Enter the key again")]);
  });

  test("tell the second of two, who may save knowingly", async () => {
    const stale = await post({ ...right, key: "", version: "0" });
    expect([stale.status, stale.text]).toEqual([422, expect.stringContaining("Somebody else has changed")]);
    const now = /name="version" value="(\d+)"/.exec(stale.text)?.[1] ?? "";
    expect((await post({ ...right, key: "", model: "m-2", version: now })).status).toBe(303);
  });
});
