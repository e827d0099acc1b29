/** The page on which the rules of an import are chosen, and what the check says of them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formFrom } from "~/testing/site";
import { upload } from "~/testing/walk/examples";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
let path: string;
beforeAll(async () => {
  house = await openHouse("sqlite");
  const draft = await upload(house.ours, "Given name,Family name,Email,Mobile\nJan,Brandt,jan@brandt.example,\n");
  path = `/${house.example.slug}/imports/${draft}`;
});
afterAll(() => house.site.close());

async function page(name: string): Promise<string> {
  const { text } = await ask(house.site, house.people.admin, `${path}/${name}`);
  return text
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

function choose(choices: Record<string, string>, person = house.people.admin) {
  const form = formFrom(house.site.origin, new URLSearchParams(choices).toString());
  return ask(house.site, person, `${path}/rules`, form);
}

describe("the rules of an import", () => {
  test("are the safe ones unless somebody changes them, and the check says which", async () => {
    expect(await page("check")).toContain(
      "New contacts are added and those that are there are changed, matched by Tallybook ID, email, or name with company or phone. Change",
    );
    const rules = await page("rules");
    for (const field of ["Name", "Email", "Phone"])
      expect(rules).toMatch(new RegExp(`${field} Overwrite|${field} Add`));
    expect(rules).not.toContain("Job title");
  });

  test("are kept for this import, and said on its check", async () => {
    const { status } = await choose({ what: "fill", match: "email", "rule:phones": "never" });
    expect(status).toBe(303);
    expect(await page("check")).toContain(
      "New contacts are added; of those that are there, matched by email, only blanks are filled. Never changed: Phone. Change",
    );
  });

  test("that cannot be are refused with a sentence, and what was chosen is still there", async () => {
    const { status, text } = await choose({ what: "create", match: "id", "rule:phones": "empty" });
    expect(status).toBe(422);
    expect(text).toContain("No column goes to “Tallybook ID”, so rows cannot be matched by it.");
    expect(text).toMatch(/name="match"[^>]*value="id"[^>]*checked|checked=""[^>]*value="id"/);
    expect((await choose({ what: "delete", match: "email" })).status).toBe(400);
    expect((await choose({ what: "create", match: "email", "rule:phones": "shred" })).status).toBe(400);
    expect((await choose({ what: "create", match: "telepathy" })).status).toBe(422);
  });

  test("are for those who may import", async () => {
    const viewer = await choose({ what: "create", match: "email" }, house.people.viewer);
    expect([403, 404]).toContain(viewer.status);
  });
});
