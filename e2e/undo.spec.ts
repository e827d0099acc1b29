/** An import taken back, what was changed since chosen, too, and all of it brought back again. Scripts are off. */
import { type Page } from "@playwright/test";
import { workbookOf } from "../app/testing/workbooks";
import { fillIn, heading, press } from "./forms";
import { figures, importAsGuessed, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("admin"));

/** How many of the family the list shows. */
async function countThere(page: Page, account: string, family: string): Promise<number> {
  await page.goto(`/${account}/contacts?q=${family}`);
  return page.getByRole("rowheader").filter({ hasText: family }).count();
}

async function openAnn(page: Page, account: string, family: string): Promise<void> {
  await page.goto(`/${account}/contacts?q=${family}`);
  await page.getByRole("rowheader").filter({ hasText: "Ann" }).getByRole("link").click();
}

test("an import is undone, what was changed since is listed, chosen, and all is redone", async ({ page, demo }) => {
  test.setTimeout(180_000);
  const { account } = demo;
  const family = newFamilyName();
  const people = ["Folasade", "Ann", "Siobhán"].map((given) => [given, family, `${given.length}@${family}.example`]);
  const bytes = await workbookOf({ Clients: [["Given name", "Family name", "Email"], ...people] });
  await upload(page, account, { name: `Clients ${family}.xlsx`, bytes });
  const run = await importAsGuessed(page);
  expect(await figures(page)).toMatchObject({ new: "3", refused: "0" });

  await openAnn(page, account, family);
  await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
  await fillIn(page, { "Job title": "Potter" });
  await press(page, "Save");

  await page.goto(run);
  await page.getByRole("main").getByRole("link", { name: "Undo this import …" }).click();
  await press(page, "Undo the import");
  const outcome = page.getByRole("main");
  await expect(outcome).toContainText("Undone for 2 contacts; 1 left as it is.", { timeout: 30_000 });
  await expect(outcome).toContainText(": all of it, as it was changed since.");
  expect(await countThere(page, account, family)).toBe(1);
  await page.goto(run);
  await expect(page.getByRole("main")).toContainText("Undone by");

  await page.getByRole("link", { name: "See what was undone" }).click();
  await press(page, "Undo these, too");
  await expect(outcome).toContainText("Undone for 3 contacts.", { timeout: 30_000 });
  expect(await countThere(page, account, family)).toBe(0);

  await page.goto(run);
  await page.getByRole("link", { name: "See what was undone" }).click();
  await press(page, "Redo");
  await expect(page.locator(".banner")).toContainText("3 contacts");
  expect(await countThere(page, account, family)).toBe(3);
  await openAnn(page, account, family);
  await expect(page.getByRole("main")).toContainText("Potter");

  await page.goto(`/${account}/changes`);
  await expect(heading(page)).toHaveText("Changes");
  const redo = page.getByRole("row").filter({ hasText: `Redo: import of “Clients ${family}.xlsx”` });
  await expect(redo.first()).toBeVisible();

  await page.goto(`/${account}/notices`);
  await expect(page.getByRole("main")).toContainText(`The undo of the import of “Clients ${family}.xlsx” is done`);
});
