/** The settings of an account, page by page, and the logo as browsers get it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { exifWithPlace, jpegSegment, jpegWith, png, pngChunk, pngHead, pngSize } from "~/testing/pictures";
import { type AskOptions, formFrom } from "~/testing/site";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { type PersonName } from "~/testing/walk/people";

describe.each(databases)("settings on %s", (engine) => {
  let house: House;
  let base: string;

  beforeAll(async () => {
    house = await openHouse(engine);
    base = `/${house.example.slug}`;
  });
  afterAll(() => house.site.close());

  const get = (path: string, who: PersonName = "admin", headers: Record<string, string> = {}) =>
    ask(house.site, house.people[who], path, { headers });
  const post = (path: string, fields: Record<string, string> = {}, who: PersonName = "admin") =>
    ask(house.site, house.people[who], path, formFrom(house.site.origin, new URLSearchParams(fields).toString()));
  const beganOf = (html: string) =>
    (/name="began" value="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

  function upload(bytes: Buffer, name = "logo.png", type = "image/png"): AskOptions {
    const head = `--logo\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
    const { headers } = formFrom(house.site.origin);
    return {
      method: "POST",
      headers: { ...headers, "content-type": "multipart/form-data; boundary=logo" },
      body: Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--logo--\r\n")]),
    };
  }
  const send = (bytes: Buffer, name?: string, type?: string) =>
    ask(house.site, house.people.admin, `${base}/settings/logo`, upload(bytes, name, type));
  const logoIn = (html: string) => /<img class="logo" src="([^"]+)"/.exec(html)?.[1] ?? null;

  test("the firm's name is saved and one is back on the page, which says so", async () => {
    const began = beganOf((await get(`${base}/settings`)).text);
    const saved = await post(`${base}/settings`, { name: "Brandt & Töchter", colour: "2", began });
    expect(saved).toMatchObject({ status: 303, headers: { location: `${base}/settings` } });
    expect((await get(`${base}/settings`)).text).toContain("Brandt &amp; Töchter");
  });

  test("two administrators: different fields are both kept, the same is asked about and then knowing", async () => {
    const began = beganOf((await get(`${base}/settings`)).text);
    const [first, second] = [
      { name: "Brandt Zimmerei", colour: "2", began },
      { name: "Brandt & Töchter", colour: "5", began },
    ];
    expect((await post(`${base}/settings`, first)).status).toBe(303);
    expect((await post(`${base}/settings`, second)).status).toBe(303);
    const both = (await get(`${base}/settings`)).text;
    expect(both).toContain("Brandt Zimmerei");
    expect(JSON.parse(beganOf(both))).toMatchObject({ colour: 5 });

    const asked = await post(`${base}/settings`, { ...second, name: "Brandt Möbel" });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain("Somebody else has just changed this to “Brandt Zimmerei”");
    expect((await get(`${base}/settings`)).text).not.toContain("Brandt Möbel");
    const knowing = { ...second, name: "Brandt Möbel", began: beganOf(asked.text) };
    expect((await post(`${base}/settings`, knowing)).status).toBe(303);
  });

  test("a form refused for another reason still knows how it began", async () => {
    const began = beganOf((await get(`${base}/settings`)).text);
    await post(`${base}/settings`, { name: "Brandt Holzbau", colour: "5", began });
    const refused = await post(`${base}/settings`, { name: "Brandt Möbel", colour: "99", began });
    expect(refused.status).toBe(422);
    const mended = { name: "Brandt Möbel", colour: "6", began: beganOf(refused.text) };
    expect((await post(`${base}/settings`, mended)).status).toBe(303);
    expect((await get(`${base}/settings`)).text).toContain("Brandt Holzbau");
  });

  const formats = { timeZone: "Europe/London", locale: "en-GB", currency: "GBP", phoneCountry: "GB" };
  test.each([
    [{ timeZone: "Middle-earth/Bree" }, "Enter a time zone like Europe/London."],
    [{ timeZone: "" }, "Enter a time zone."],
    [{ locale: "tlh" }, "Choose one from the list."],
    [{ currency: "DEM" }, "Choose a currency from the list."],
    [{ phoneCountry: "XX" }, "Choose a country from the list."],
  ])("%j is refused in words", async (fields, words) => {
    const refused = await post(`${base}/settings/formats`, { ...formats, ...fields });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
  });

  test("formats are saved as people type them, and hold at once", async () => {
    const typed = { timeZone: "new delhi", locale: "de-DE", currency: "INR", phoneCountry: "IN" };
    expect((await post(`${base}/settings/formats`, typed)).status).toBe(422);
    expect((await post(`${base}/settings/formats`, { ...typed, timeZone: "kolkata" })).status).toBe(303);
    const page = (await get(`${base}/settings/formats`)).text;
    expect(page).toContain('value="Asia/Kolkata"');
    expect(page).toContain("4. Mai 2026, 14:3");
    expect((await get(`${base}/contacts`)).text).toContain("+44 20 7946 0182");
    await post(`${base}/settings/formats`, formats);
    expect((await get(`${base}/contacts`)).text).toContain("020 7946 0182");
  });

  test("users who see only their own contacts cannot import; administrators can", async () => {
    await post(`${base}/settings/access`, { ownContactsOnly: "yes", retentionDays: "30" });
    expect((await get(`${base}/contacts/import`, "user")).status).toBe(403);
    expect((await get(`${base}/contacts/import`)).status).toBe(200);
    const narrow = await post(`${base}/settings/access`, { ownContactsOnly: "no", retentionDays: "31" });
    expect([narrow.status, narrow.text.includes("Choose one from the list.")]).toEqual([422, true]);
    await post(`${base}/settings/access`, { ownContactsOnly: "no", retentionDays: "365" });
    expect((await get(`${base}/contacts/import`, "user")).status).toBe(200);
  });

  test("the second factor is asked of everybody again with one button, but let go only with the proof", async () => {
    const page = `${base}/settings/second-factor`;
    expect((await post(page, { password: "guessed", code: "123456" })).status).toBe(422);
    expect((await get(`${base}/settings/access`)).text).toContain("Everybody needs a code");
    expect((await post(`${page}/requirement`)).headers.location).toBe(`${base}/settings/access`);
  });

  test("a logo stands at the top of the pages, is replaced and removed", async () => {
    await post(`${base}/settings/logo/removal`);
    expect(logoIn((await get(base)).text)).toBeNull();
    expect(await send(png(), "logo.png")).toMatchObject({ status: 303, headers: { location: `${base}/settings` } });
    const first = logoIn((await get(base, "viewer")).text);
    expect(first).toMatch(new RegExp(`^${base}/logo/`));
    await send(jpegWith(jpegSegment(0xe1, exifWithPlace(6))), "IMG_2041.JPG", "image/jpeg");
    const second = logoIn((await get(base)).text);
    expect(second).not.toBe(first);
    expect((await get(first ?? "")).status).toBe(404);
    const photo = await get(second ?? "");
    expect(photo.headers["content-type"]).toBe("image/jpeg");
    expect(photo.text).not.toContain("52.52");
    await post(`${base}/settings/logo/removal`);
    expect(logoIn((await get(base)).text)).toBeNull();
    expect((await get(second ?? "")).status).toBe(404);
  });

  test("a logo is served as exactly what it is, kept by the browser, and to members alone", async () => {
    await send(png());
    const href = logoIn((await get(base)).text) ?? "";
    const logo = await get(href);
    expect(logo.headers).toMatchObject({
      "content-type": "image/png",
      "content-length": String(png().length),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "cache-control": "private, max-age=3600",
    });
    const etag = String(logo.headers.etag);
    expect(await get(href, "admin", { "if-none-match": `"other", W/${etag}` })).toMatchObject({
      status: 304,
      text: "",
    });
    expect((await get(href, "admin", { "if-none-match": '"other"' })).status).toBe(200);
    expect((await get(href, "stranger")).status).toBe(404);
    expect((await get(href, "anonymous")).status).toBe(302);
    expect((await get(`${base}/logo/not-an-id`)).status).toBe(404);
  });

  test.each([
    ["a drawing that calls itself a PNG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "drawing (SVG)"],
    ["a web page", Buffer.from("<!doctype html><script>alert(1)</script>"), "web page"],
    ["a bomb", Buffer.concat([pngHead, pngSize(60_000, 60_000), pngChunk("IEND")]), "60,000 × 60,000 pixels"],
    ["a picture cut off", png().subarray(0, 70), "damaged"],
    ["more than a megabyte", Buffer.concat([png(), Buffer.alloc(1_000_000)]), "larger than 1 MB"],
    ["far more", Buffer.alloc(3_000_000), "larger than 1 MB"],
    ["nothing at all", Buffer.alloc(0), "no picture"],
  ])("%s is refused in words, and the logo stays", async (_, bytes, words) => {
    const before = logoIn((await get(base)).text);
    const refused = await send(bytes, "logo.png", "image/png");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
    expect(logoIn((await get(base)).text)).toBe(before);
  });

  test("no file chosen is said", async () => {
    const refused = await ask(house.site, house.people.admin, `${base}/settings/logo`, upload(Buffer.alloc(0), ""));
    expect([refused.status, refused.text.includes("Choose a file first.")]).toEqual([422, true]);
  });
});
