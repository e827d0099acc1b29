/** No page writes a date, a number or a phone in a way of its own: each is as whoever reads it writes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setMembership } from "~/features/accounts/members.server";
import { given } from "~/testing/given";
import { ask, type House, openHouse } from "~/testing/walk/house";
import { type RouteRow } from "~/testing/walk/route-row";
import { routeTable } from "~/testing/walk/route-table";

/** More than a thousand: the list's counts have a group then. */
const MANY = 1_010;

const english = {
  date: /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*,? \d{4}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}/,
  number: /\b\d{1,3}(?:,\d{3})+\b/,
  // Everything in the house happened at nine, UTC, or a few minutes later: in Kolkata that is half past two.
  time: /\b(?:09|10):0\d\b/,
};

/** What is read: texts, titles and labels. Lists of ways to write are examples of all of them. */
function readable(html: string): string {
  return html
    .replace(/<(script|option|datalist)\b[^>]*>.*?<\/\1>/gs, " ")
    .replace(/ (?:dateTime|value|href|action|formaction|id|name|src)="[^"]*"/gi, "")
    .replaceAll("<!-- -->", "");
}

const isPage = ({ layout, load, path }: RouteRow) => !layout && load && path.length >= 0 && load.status.includes(200);
const pages = Object.entries(routeTable).filter(([, row]) => isPage(row));

describe("for a firm that writes German, in India", () => {
  let house: House;

  beforeAll(async () => {
    const customs = { locale: "de-DE", timeZone: "Asia/Kolkata", currency: "EUR", phoneCountry: "GB" };
    house = await openHouse("sqlite", customs);
    // Who runs the installation reads as in their own account.
    const operator = house.people.operator.user?.id ?? "";
    await setMembership(house.ours, { userId: operator, role: "viewer" });
    for (let n = 0; n < MANY; n++) await given.contact(house.ours, { familyName: `Weiß ${n}` });
    const { unguarded } = house.site.world.database;
    await unguarded
      .updateTable("runs")
      .set({ read_count: 12_043, created_count: 11_001, refused_count: 1_042, total_count: 12_043 })
      .execute();
  });
  afterAll(() => house.site.close());

  const whoLoads = ({ load }: RouteRow) => (load?.who === "operator" ? house.people.operator : house.people.admin);

  async function textOf(path: string, row: Pick<RouteRow, "load">): Promise<string> {
    const answer = await ask(house.site, whoLoads(row as RouteRow), path);
    const isHtml = String(answer.headers["content-type"]).startsWith("text/html");
    return answer.status === 200 && isHtml ? readable(answer.text) : "";
  }

  test.each(pages)("%s has no English date, number or hour", async (_, row) => {
    const paths = [
      row.path(house.example),
      ...(row.searches?.(house.example) ?? []).map((s) => `${row.path(house.example)}?${s}`),
    ];
    for (const path of paths) {
      const text = await textOf(path, row);
      for (const [what, form] of Object.entries(english))
        expect(form.exec(text)?.[0], `${what} on ${path}`).toBeUndefined();
    }
  });

  test("the German forms are there, and the firm's own phones without their code", async () => {
    const base = `/${house.example.slug}`;
    const list = await textOf(`${base}/contacts`, {});
    for (const form of ["4. Mai 2026", "1.0", "020 7946 0182"]) expect(list).toContain(form);
    expect(await textOf(`${base}/imports/${house.example.doneId}`, {})).toContain("12.043");
    expect(await textOf(`${base}/imports`, {})).toMatch(/4\. Mai 2026, 14:\d\d/);
  });

  test("somebody with a way of their own reads that, in the firm's time zone", async () => {
    const { unguarded } = house.site.world.database;
    const id = house.people.user.user?.id ?? "";
    for (const [locale, forms] of Object.entries({
      "ar-EG": ["٤ مايو ٢٠٢٦", "١٬٠"],
      "hi-IN-u-nu-deva": ["४ मई २०२६", "१,०"],
      "en-US": ["May 4, 2026", "1,0"],
    })) {
      await unguarded.updateTable("users").set({ locale }).where("id", "=", id).execute();
      const answer = await ask(house.site, house.people.user, `/${house.example.slug}/contacts`);
      for (const form of forms) expect(answer.text, locale).toContain(form);
      expect(answer.text).toContain('<html lang="en-GB">');
    }
  });
});
