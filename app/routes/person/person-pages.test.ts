/** The pages of the person's own, in the frame of the account they came from. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { databases } from "~/testing/databases";
import { formFrom } from "~/testing/site";
import { again, type Person } from "~/testing/walk/people";
import { ask, type House, openHouse } from "~/testing/walk/house";

describe.each(databases)("a person's own pages on %s", (engine) => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse(engine);
    admin = await again(house.installation, house.people.admin);
  });
  afterAll(() => house.site.close());

  /** React Router grumbles about it itself. */
  const unknown = async (person = admin) => {
    vi.mocked(console.warn).mockImplementation(() => undefined);
    return (await get("/no/such/page", person)).text;
  };
  const get = (path: string, person = admin) => ask(house.site, person, path);
  const post = (path: string, fields: Record<string, string>, person = admin) =>
    ask(house.site, person, path, formFrom(house.site.origin, new URLSearchParams(fields).toString()));
  const profile = { name: "Folasade Adebayo", colourScheme: "system" };
  const beganOf = (html: string) =>
    (/name="began" value="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

  test("stand in the frame of the account one came from, and lead back to it, also after saving", async () => {
    const slug = house.example.slug;
    const page = await get(`/person?in=${slug}`);
    expect(page.text).toContain(`href="/${slug}"`);
    expect(page.text).toContain(`/person/password?in=${slug}`);
    const saved = await post(`/person?in=${slug}`, profile);
    expect(saved).toMatchObject({ status: 303, headers: { location: `/person?in=${slug}` } });
    for (const odd of ["okafor", "//evil.example", "no-such-account"]) {
      const other = await get(`/person?in=${encodeURIComponent(odd)}`);
      expect(other.status).toBe(200);
      expect(other.text).toContain(`<a class="firm" href="/${slug}"`);
    }
  });

  test("who has a place nowhere has them all the same", async () => {
    const page = await get("/person", house.people["former member"]);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Not set up");
  });

  test("the colour scheme holds on every page, errors and unknown addresses too, and for nobody else", async () => {
    await post("/person", { ...profile, colourScheme: "dark" });
    const pages = ["/person", `/${house.example.slug}/contacts`, "/no-such-account", "/operator"];
    for (const path of pages) expect((await get(path)).text, path).toContain('data-scheme="dark"');
    expect(await unknown()).toContain('data-scheme="dark"');
    for (const person of [house.people.user, house.people.anonymous]) {
      expect(await unknown(person)).not.toContain("data-scheme");
    }
    await post("/person", { ...profile, colourScheme: "light" });
    expect((await get("/person")).text).toContain('data-scheme="light"');
    await post("/person", profile);
    expect((await get("/person")).text).not.toContain("data-scheme");
  });

  test("dates follow the person's own way of writing, and again the account's", async () => {
    await post("/person", { ...profile, locale: "de-DE" });
    expect((await get("/person")).text).toContain("4. Mai 2026");
    expect((await get(`/${house.example.slug}/contacts`)).text).toContain("4. Mai 2026");
    await post("/person", profile);
    expect((await get("/person")).text).toContain("4 May 2026");
  });

  test("two browsers of one person: each its own field, and the same field is asked about", async () => {
    const began = beganOf((await get("/person")).text);
    expect((await post("/person", { ...profile, name: "Folasade Brandt", began })).status).toBe(303);
    expect((await post("/person", { ...profile, locale: "fr-FR", began })).status).toBe(303);
    const both = await get("/person");
    expect(both.text).toContain("Folasade Brandt");
    expect(both.text).toMatch(/value="fr-FR" selected|selected="" value="fr-FR"/);

    const asked = await post("/person", { ...profile, name: "Folasade Hale", locale: "fr-FR", began });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain("changed this in another browser");
    const again = await post("/person", {
      ...profile,
      name: "Folasade Hale",
      locale: "fr-FR",
      began: beganOf(asked.text),
    });
    expect(again.status).toBe(303);
  });

  test.each([
    [{ name: " " }, "Enter your name."],
    [{ name: "a\u0007b" }, "invisible"],
    [{ locale: "xx-nonsense" }, "Choose one from the list."],
    [{ locale: "en-GB-u-ca-islamic" }, "Choose one from the list."],
    [{ colourScheme: "sepia" }, "Choose how pages look."],
  ])("%j is refused in words", async (fields, words) => {
    const refused = await post("/person", { ...profile, ...fields });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
  });
});
