/** Rows that an import refused: fetched as a workbook, corrected, and sent again. */
import { workbookOf } from "../app/testing/workbooks";
import { correct, fetchRefused } from "./corrections";
import { clientList } from "./files/client-list";
import { heading, press } from "./forms";
import { figures, importAsGuessed, untilDone, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

test("a workbook with twenty bad rows comes in whole: the rest at once, those when they are corrected", async ({
  page,
  demo,
}) => {
  const list = clientList(newFamilyName());
  await upload(page, demo.account, { name: "Clients.xlsx", bytes: await workbookOf({ Clients: list.rows }) });
  const first = await importAsGuessed(page);
  expect(await figures(page)).toMatchObject({ "rows read": "60", new: "40", refused: "20" });

  const refused = await fetchRefused(page);
  expect(refused.name).toBe("Clients - refused rows.xlsx");
  const file = { name: refused.name, bytes: await correct(refused.workbook, list) };
  await upload(page, demo.account, file);
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByRole("main")).toContainText("These are refused rows of “Clients.xlsx”");
  await press(page, "Import all rows");
  await untilDone(page);
  expect(await figures(page)).toMatchObject({ "rows read": "20", new: "20", refused: "0" });
  await expect(heading(page)).toHaveText("Import “Clients - refused rows.xlsx”");

  await page.goto(first);
  await expect(page.getByRole("main")).toContainText("20 of 20 refused rows were corrected on");
  await expect(page.getByRole("link", { name: "Download as Excel workbook" })).toHaveCount(0);

  await upload(page, demo.account, file);
  await press(page, "Import all rows");
  await untilDone(page);
  expect(await figures(page)).toMatchObject({ new: "0", changed: "0", "the same": "20", refused: "0" });
  await expect(page.getByRole("main")).toContainText("20 rows had been corrected before, and were not taken again.");
});
