/** An undo whose rows have come in again since shows no Redo that would be refused. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvOf, imported, refusedSheet, typed } from "~/testing/corrected";
import { undoneWholly } from "~/testing/given-undo";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

async function page(path: string): Promise<string> {
  const { text } = await ask(house.site, house.people.admin, `/${house.example.slug}${path}`);
  return text.replace(/<!-- -->/g, "");
}

test("Redo is offered until the rows have come in again, and then the reason stands in its place", async () => {
  const first = await imported(house.ours, "Name,Email\nUmi Xagain,umi@@again.example\n");
  const file = csvOf(typed(await refusedSheet(first.scope, first.id), "Email", () => "umi@again.example"));
  const second = await imported(first.scope, file, "mended.csv");
  const undone = await undoneWholly(second.scope, second.changeSetId ?? "");
  const reason = "What it brought has come in again since, so it cannot be redone";
  expect(await page(`/changes/${undone.changeSetId}`)).toMatch(/>Redo/);
  expect(await page("/changes")).not.toContain(reason);

  await imported(second.scope, file, "mended.csv");
  for (const path of [`/changes/${undone.changeSetId}`, `/changes/${second.changeSetId}`]) {
    const html = await page(path);
    expect(html).toContain(reason);
    expect(html).not.toMatch(/>Redo/);
  }
  expect(await page("/changes")).toContain(reason);
});
