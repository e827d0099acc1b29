/** A system is connected, from the empty list through the catalogue to where one agrees, and back. */
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";
import { fillIn, heading, press } from "./forms";

test.use(as("admin"));

test("somebody finds Google in the catalogue, agrees there, and comes back connected", async ({ page, demo }) => {
  const name = `Google of ${newFamilyName()}`;
  await page.goto(`/${demo.account}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Connectors" }).click();
  await page.getByRole("main").getByRole("link", { name: "Connect a system" }).click();
  await page.getByRole("searchbox", { name: "Search by name or by what is read" }).fill("address book labels");
  await press(page, "Search");
  await page.getByRole("link", { name: "Connect Google Contacts" }).click();
  await fillIn(page, { Name: name });
  await press(page, "Save and go on");
  await expect(page.getByRole("main")).toContainText("https://www.googleapis.com/auth/contacts.readonly");

  // The page goes there by itself, and so does the link on it.
  await press(page, "Go on to Google Contacts");
  await page.getByRole("heading", { name: /^Sign in to/ }).waitFor();
  const [person = ""] = await page
    .getByRole("radio")
    .evaluateAll((radios) => radios.map((radio) => radio.getAttribute("value") ?? ""));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Allow" }).click();

  await page.waitForURL(/\/connectors\/[0-9a-f-]+\/fields$/);
  const connector = new URL(page.url()).pathname.replace(/\/fields$/, "");
  await page.goto(connector);
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByRole("main")).toContainText(`Google Contacts · ${person}`);
  await expect(page.getByRole("link", { name: "Choose what to read" })).toBeVisible();

  await page.goto(`/${demo.account}/connectors`);
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("Being set up");
  await row.getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Delete" }).click();
  await press(page, `Delete ${name}`);
  await expect(page.locator(".banner")).toContainText(`${name} is deleted. Disconnected.`);
});
