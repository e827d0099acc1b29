/** Two exports compared without any set-up, looked at, and saved. */
import { press } from "./forms";
import { as, expect, test } from "./people";

test.use(as("user"));

const orders = [
  "Name,Financial Status,Currency,Shipping,Taxes,Total,Created at,Lineitem name,Payment Method,Id",
  "#1001,paid,GBP,4.95,7.00,46.95,2026-05-04 10:15:00 +0100,Stoneware bowl,Shopify Payments,4507894690001",
  "#1002,paid,GBP,4.95,8.00,52.95,2026-05-05 18:40:00 +0100,Linen apron,PayPal,4507894690002",
  "#1003,paid,XXQ,0.00,1.00,6.00,2026-05-06 09:30:00 +0100,Mug,Shopify Payments,4507894690003",
].join("\n");
const purchases = "Transaction ID,Date,Currency,Purchase revenue\n1001,20260504,GBP,46.95\n9999,20260506,GBP,12.00\n";

test("two exports are compared without any set-up, and saved", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/reconciliations`);
  await page.getByRole("link", { name: "Compare two files" }).click();
  const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("Orders of the shop").setInputFiles(file("orders_export.csv", orders));
  expect(await press(page, "Compare them")).toBe(422);
  await expect(page.getByText("“orders_export.csv” is here already.")).toBeVisible();
  await page.getByLabel("Purchases that its analytics tracked").setInputFiles(file("purchases.csv", purchases));
  await press(page, "Compare them");

  const found = page.getByRole("link", { name: "What it found" });
  await expect(found).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("“XXQ” is no currency that is in use.")).toBeVisible();
  await found.click();
  await expect(page.getByText("1 missing, £52.95")).toBeVisible();
  await expect(page.getByText("It is deleted with them on")).toBeVisible();
  await press(page, "Save as a reconciliation");
  await expect(page.getByText("Saved. It stays")).toBeVisible();
  await expect(page.getByRole("link", { name: "Settings" }).last()).toBeVisible();
});
