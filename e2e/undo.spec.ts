/** An import taken back, what was changed since chosen, too, and all of it brought back again. Scripts are off. */
import { type Page } from "@playwright/test";
import { workbookOf } from "../app/testing/workbooks";
import { fillIn, heading, press } from "./forms";
import { figures, importAsGuessed, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("admin"));

async function whoIsThere(page: Page, account: string, family: string): Promise<string[]> {
  await page.goto(`/${account}/contacts?q=${family}`);
  const rows = page.locator("main table tbody tr th, main table tbody tr td:first-child");
  return (await rows.allInnerTexts()).map((text) => text.split("\n")[0] ?? "").filter((text) => text.includes(family));
}

test("an import is undone, what was changed since is listed, chosen, and all is redone", async ({ page, demo }) => {
  const { account } = demo;
  const family = newFamilyName();
  const people = ["Folasade", "Ann", "Siobhán"].map((given) => [given, family, `${given.length}@${family}.example`]);
  const bytes = await workbookOf({ Clients: [["Given name", "Family name", "Email"], ...people] });
  await upload(page, account, { name: `Clients ${family}.xlsx`, bytes });
  const run = await importAsGuessed(page);
  expect(await figures(page)).toMatchObject({ new: "3", refused: "0" });

  await page.goto(`/${account}/contacts?q=${family}`);
  await page
    .getByRole("main")
    .getByRole("link", { name: `Ann ${family}` })
    .click();
  await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
  await fillIn(page, { "Job title": "Potter" });
  await press(page, "Save");

  await page.goto(run);
  await page.getByRole("main").getByRole("link", { name: "Undo this import …" }).click();
  await press(page, "Undo the import");
  const outcome = page.getByRole("main");
  await expect(outcome).toContainText("2 contacts put back, 1 left as it is.", { timeout: 30_000 });
  await expect(outcome).toContainText(`Ann ${family}: all of it, as it was changed since.`);
  expect(await whoIsThere(page, account, family)).toHaveLength(1);
  await page.goto(run);
  await expect(page.getByRole("main")).toContainText("Undone by");

  await page.getByRole("link", { name: "See what was undone" }).click();
  await press(page, "Undo these, too");
  await expect(outcome).toContainText("3 contacts put back.", { timeout: 30_000 });
  expect(await whoIsThere(page, account, family)).toHaveLength(0);

  await page.goto(run);
  await page.getByRole("link", { name: "See what was undone" }).click();
  await press(page, "Redo");
  await expect(page.locator(".banner")).toContainText("3 contacts");
  expect(await whoIsThere(page, account, family)).toHaveLength(3);
  await page.goto(`/${account}/contacts?q=${family}`);
  await page
    .getByRole("main")
    .getByRole("link", { name: `Ann ${family}` })
    .click();
  await expect(page.getByRole("main")).toContainText("Potter");

  await page.goto(`/${account}/changes`);
  await expect(heading(page)).toHaveText("Changes");
  const first = page.getByRole("main").getByRole("row").nth(1);
  await expect(first).toContainText(`Redo: import of “Clients ${family}.xlsx”`);

  await page.goto(`/${account}/notices`);
  await expect(page.getByRole("main")).toContainText(`The undo of the import of “Clients ${family}.xlsx” is done`);
});
