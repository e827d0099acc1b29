/** The whole way of a workbook with bad rows: refused, fetched, corrected, sent again, and all of it undone and redone. */
import { type Page } from "@playwright/test";
import { workbookOf } from "../app/testing/workbooks";
import { correct, fetchRefused } from "./corrections";
import { clientList } from "./files/client-list";
import { press } from "./forms";
import { figures, importAsGuessed, untilDone, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use({ ...as("user"), javaScriptEnabled: false });

/** The list of the family says how many they are. */
async function expectThere(page: Page, account: string, family: string, count: number): Promise<void> {
  await page.goto(`/${account}/contacts?q=${family}`);
  await expect(page.getByRole("main")).toContainText(`${count} found for “${family}”`);
}

test("a workbook's twenty bad rows are corrected and sent once, then the import and its corrections are undone together", async ({
  page,
  demo,
}) => {
  test.setTimeout(180_000);
  const { account } = demo;
  const family = newFamilyName();
  const list = clientList(family);
  const main = page.getByRole("main");
  await upload(page, account, { name: `Clients ${family}.xlsx`, bytes: await workbookOf({ Clients: list.rows }) });
  const first = await importAsGuessed(page);
  expect(await figures(page)).toMatchObject({ "rows read": "60", new: "40", refused: "20" });

  await test.step("home says so until they are seen to, which can be taken back", async () => {
    const toDo = page.getByRole("main").getByText(`Clients ${family}.xlsx has 20 refused rows to correct`);
    await page.goto(`/${account}`);
    await expect(toDo).toBeVisible();
    await page.goto(first);
    await press(page, "Leave the rest as they are");
    await expect(main).toContainText("20 refused rows were left as they are by");
    await page.goto(`/${account}`);
    await expect(toDo).toHaveCount(0);
    await page.goto(first);
    await press(page, "Correct them after all");
  });

  await test.step("they are corrected in Excel, and come in once; a new row among them is told of", async () => {
    const refused = await fetchRefused(page);
    refused.workbook.worksheets[0]?.addRow(["", "", "", "", "Ben", `New ${family}`]);
    const bytes = await correct(refused.workbook, list);
    await upload(page, account, { name: refused.name, bytes });
    await expect(main).toContainText("1 row of this file is new here, without a key");
    await press(page, "Import all rows");
    await untilDone(page);
    expect(await figures(page)).toMatchObject({ "rows read": "21", new: "20", refused: "1" });
    await page.goto(`/${account}`);
    await expect(main.getByText(`Clients ${family}.xlsx has`)).toHaveCount(0);
  });

  await test.step("the undo takes the corrections along, unless somebody chooses otherwise", async () => {
    await page.goto(first);
    await main.getByRole("link", { name: "Undo this import …" }).click();
    await expect(main).toContainText("20 corrected rows came in afterwards");
    await expect(page.getByRole("checkbox", { name: "Undo the corrections, too" })).toBeChecked();
    await press(page, "Undo the import");
    await expect(main).toContainText("Undone for 40 contacts.", { timeout: 60_000 });
    await expect(main).toContainText(`“Clients ${family} - refused rows.xlsx”, 20 contacts`);
    await expectThere(page, account, family, 0);
  });

  await test.step("the redo brings both back", async () => {
    await page.goto(first);
    await page.getByRole("link", { name: "See what was undone" }).click();
    await expect(page.getByRole("checkbox", { name: "Bring the corrections back, too" })).toBeChecked();
    await press(page, "Redo the import");
    await expect(main).toContainText("Redone for 40 contacts.", { timeout: 60_000 });
    await expect(main).toContainText("With it the corrections came back");
    await expectThere(page, account, family, 60);
  });
});
