/** Systems are connected: from the list through the catalogue and the wizard to a contact that says where it came from. */
import { type Page } from "@playwright/test";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";
import { fillIn, heading, press } from "./forms";

test.use(as("admin"));

test("somebody finds Google in the catalogue, agrees there, and its contacts come in", async ({ page, demo }) => {
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

  const connector = await setUp(page);
  await seeWhereItCameFrom(page, demo.account, name);
  await page.goto(connector);
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByRole("main")).toContainText(`Google Contacts · ${person}`);
  await takenAway(page, name);
});

test("somebody types in how Odoo is reached, and its people and companies come in", async ({ page, demo }) => {
  const [odoo] = demo.odoos;
  const name = `Odoo of ${newFamilyName()}`;
  await page.goto(`/${demo.account}/connectors/new/odoo`);
  const reached = { "Address of your Odoo": odoo?.address ?? "", Database: odoo?.database ?? "" };
  await fillIn(page, { Name: name, ...reached, User: odoo?.user ?? "", "API key": "not the right one" });
  await press(page, "Save and test the connection");
  await expect(page.getByRole("main")).toContainText("API key");
  await page.goto(`/${demo.account}/connectors`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Rename and settings" }).click();
  await fillIn(page, { "API key": odoo?.key ?? "" });
  await press(page, "Save");
  await page.goto(new URL(page.url()).pathname.replace(/(\/connectors\/[^/]+).*/, "$1/fields"));

  const connector = await setUp(page);
  await seeWhereItCameFrom(page, demo.account, name);
  await page.goto(connector);
  await takenAway(page, name);
});

/** Every step as it is proposed, a trial, and the first run to its end. @returns the path of the connector's page. */
async function setUp(page: Page): Promise<string> {
  await page.waitForURL(/\/connectors\/[0-9a-f-]+\/fields$/);
  const connector = new URL(page.url()).pathname.replace(/\/fields$/, "");
  for (const step of ["mapping", "rules", "schedule", "trial"]) {
    await press(page, "Save and go on");
    await page.waitForURL(new RegExp(`/${step}$`));
  }
  await press(page, "Try it");
  await expect(async () => {
    await page.goto(`${connector}/trial`);
    await expect(page.getByRole("button", { name: "Switch it on" })).toBeVisible();
  }).toPass();
  await expect(page.locator(".figures")).toContainText("would be added");
  await press(page, "Switch it on");
  await page.waitForURL(/\/imports\/[0-9a-f-]+/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText("stored after it");
  }).toPass();
  await expect(page.locator(".figures")).toContainText("at the source");
  return connector;
}

/** A contact that the run made; one of its values; the record that says it; and that as it was received. */
async function seeWhereItCameFrom(page: Page, account: string, name: string) {
  const run = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const main = page.getByRole("main");
  await page.goto(`/${account}/data/canonical?run=${run}`);
  await main
    .getByRole("row")
    .nth(1)
    .getByRole("link", { name: /^Contact / })
    .click();
  await main
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await expect(page.getByRole("table", { name: "Values, followed back" })).toContainText("Says it, from here");
  await page.getByRole("link", { name: "As it was received" }).click();
  await expect(main).toContainText(name);
}

/** With what came from it, through the page that says how much that is. */
async function takenAway(page: Page, name: string) {
  await page.getByRole("link", { name: "Delete" }).click();
  await press(page, `Delete ${name}`);
  await expect(page.locator(".banner")).toContainText(`${name} is deleted.`);
}
