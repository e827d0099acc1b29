/** A shop's orders and what was tracked of them are compared: from two files to what is missing. */
import { fillIn, heading, press } from "./forms";
import { importAsGuessed, importAsRecognised, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("admin"));

test("two files are compared, step by step, and the order that was not tracked is missing", async ({ page, demo }) => {
  const shop = newFamilyName();
  const day = (number: number) => `2026-03-${String(number).padStart(2, "0")}`;
  const numbers = [1, 2, 3, 4];
  const orders = numbers.map((number) => `${shop},#${shop}${number},${day(number)}T10:00:00Z,EUR,${number}19.00`);
  const tracked = [1, 2, 4].map(
    (number) => `${shop},#${shop}${number},${day(number).replaceAll("-", "")},${number}19.00,EUR`,
  );
  const files = {
    orders: ["Shop,Order number,Order date,Currency,Total", ...orders],
    transactions: ["Property,Transaction ID,Date,Purchase revenue,Currency", ...tracked],
  };
  const importAs = { orders: importAsGuessed, transactions: importAsRecognised };
  for (const of of ["orders", "transactions"] as const) {
    await upload(page, demo.account, { name: `${of}.csv`, bytes: Buffer.from(`${files[of].join("\n")}\n`) }, of);
    await importAs[of](page);
  }
  await page.goto(`/${demo.account}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reconciliations" }).click();
  await page.getByRole("main").getByRole("link", { name: "Set up a reconciliation" }).click();
  await fillIn(page, { Name: `Shop of ${shop}` });
  await page.getByRole("checkbox", { name: `Imported files of ${shop}` }).check();
  await page.getByRole("radio", { name: `Imported files of ${shop}` }).check();
  for (const step of ["Time and money", "Order numbers", "Left out", "When"]) {
    await press(page, "Save and go on");
    await expect(page.getByRole("navigation", { name: /^Step/ }).locator("[aria-current=step]")).toContainText(step);
  }
  await press(page, "Save and go on");
  await press(page, "Compare now");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText("Done");
  }).toPass({ timeout: 30_000 });
  await page.getByRole("link", { name: "What it found" }).click();
  await expect(heading(page)).toHaveText(`Shop of ${shop}`);
  await expect(page.getByRole("main")).toContainText("1 missing, €319.00");
});
