/** Lists that are no CSV, through the built program: its thread for workbooks is there and finds its way. */
import { workbookOf } from "../app/testing/workbooks";
import { heading, press } from "./forms";
import { figures, importAsGuessed, untilDone, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

test("an Excel workbook comes in from the sheet that was chosen", async ({ page, demo }) => {
  const family = newFamilyName();
  const bytes = await workbookOf({
    Cover: [["Clients of 2026"]],
    Suppliers: [["Company"], ["Brandt Holzbau GmbH"]],
    Clients: [
      ["Given name", "Family name", "Email", "Date of birth"],
      ["Folasade", family, `folasade@${family}.example`, new Date("1958-03-14T00:00:00Z")],
      ["Ann", family, `ann@${family}.example`, null],
    ],
  });
  await upload(page, demo.account, { name: "Clients 2026.xlsx", bytes });
  await expect(heading(page)).toHaveText("Import “Clients 2026.xlsx”");
  await page.getByLabel("Sheet of the workbook").selectOption("Clients");
  await press(page, "Go on to the check");
  await expect(page.getByRole("combobox", { name: "Where Date of birth goes" })).toHaveValue("birthday");
  await importAsGuessed(page);
  expect(await figures(page)).toMatchObject({ new: "2", refused: "0" });
});

test("vCards of a phone are shown as they will be stored, without a question", async ({ page, demo }) => {
  const family = newFamilyName();
  const card = `BEGIN:VCARD\r\nVERSION:2.1\r\nN:${family};Ann\r\nTEL;CELL:+44 7700 900123\r\nBDAY:--0314\r\nEND:VCARD\r\n`;
  await upload(page, demo.account, { name: "contacts.vcf", bytes: Buffer.from(card) });
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByRole("main")).toContainText("14 March");
  await press(page, "Import all rows");
  await untilDone(page);
  expect(await figures(page)).toMatchObject({ new: "1", refused: "0" });
});
