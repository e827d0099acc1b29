/** Two people and one record, the history of a contact, what is restored, undone, deleted and brought back. */
import { type Browser, type Page } from "@playwright/test";
import { addContact, fact, panel, rows, searchFor } from "./contacts";
import { type Demo } from "./demo";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

const main = (page: Page) => page.getByRole("main");

async function colleague(browser: Browser, demo: Demo): Promise<Page> {
  return (await browser.newContext({ ...as("admin"), baseURL: demo.url })).newPage();
}

/** Chooses one side of a field on the page of the conflict. */
const choose = (page: Page, name: RegExp) => page.getByRole("radio", { name }).check();

test("whoever saves second chooses for each field, and is asked again when a third is faster", async ({
  page,
  browser,
  demo,
}) => {
  const family = newFamilyName();
  const values = { "Given name": "Meera", "Family name": family, "Job title": "Bookkeeper", Company: "Kiln Row Ltd" };
  const contact = await addContact(page, demo.account, values);
  const ann = await colleague(browser, demo);
  await page.goto(`${contact}/edit`);
  await ann.goto(`${contact}/edit`);
  await fillIn(ann, { "Job title": "Finance Director", Company: "Brandt Holzbau GmbH", Tags: "client" });
  await press(ann, "Save");

  await fillIn(page, { "Job title": "Solicitor", Company: "Okafor LLP", Notes: "Rings on Fridays." });
  expect(await press(page, "Save")).toBe(422);
  await expectRefused(page, "Somebody else has changed the same");
  await expect(main(page)).toContainText("2 fields were changed meanwhile by Ann Okafor");
  const title = page.getByRole("row", { name: /Job title/ });
  for (const version of ["Bookkeeper", "Finance Director", "Solicitor"]) await expect(title).toContainText(version);
  await expect(page.getByRole("row", { name: /Tags/ }), "only they changed it").toHaveCount(0);

  await choose(page, /^Job title: Yours/);
  expect(await press(page, "Save these choices"), "one is still to choose").toBe(422);
  await expectRefused(page, "Choose for each field whose is to stay.");
  await expect(main(page)).toContainText("Still to choose: Company.");
  await expect(page.getByRole("radio", { name: /^Job title: Yours/ })).toBeChecked();
  await choose(page, /^Company: Theirs/);

  await ann.goto(`${contact}/edit`);
  await fillIn(ann, { Company: "Hale & Partners" });
  await press(ann, "Save");
  expect(await press(page, "Save these choices")).toBe(422);
  await expectRefused(page, "Somebody else has changed it once more");
  await expect(page.getByRole("row", { name: /Company/ })).toContainText("Hale & Partners");
  await choose(page, /^Job title: Yours/);
  await choose(page, /^Company: Theirs/);
  await press(page, "Save these choices");
  await expect(fact(page, "Job title")).toContainText("Solicitor");
  await expect(fact(page, "Company")).toContainText("Hale & Partners");
  await expect(fact(page, "Tags")).toContainText("client");
  await expect(main(page)).toContainText("Rings on Fridays.");
  await ann.context().close();
});

test("one can go back from the conflict to all that was typed", async ({ page, browser, demo }) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, { "Given name": "Meera", "Family name": family });
  const ann = await colleague(browser, demo);
  await page.goto(`${contact}/edit`);
  await ann.goto(`${contact}/edit`);
  await fillIn(ann, { "Job title": "Owner" });
  await press(ann, "Save");
  await fillIn(page, { "Job title": "Potter", Notes: "Rings on Fridays.", Email: `m@${family}.example`.toLowerCase() });
  await press(page, "Save");
  await press(page, "Back to what I typed");
  await expectRefused(page, "This is what you typed. Nothing of it is saved yet.");
  await expect(page.getByLabel("Notes")).toHaveValue("Rings on Fridays.");
  await expect(page.getByLabel("Email", { exact: true })).toHaveValue(`m@${family}.example`.toLowerCase());
  await fillIn(page, { "Job title": "Owner" });
  await press(page, "Save");
  await expect(heading(page)).toHaveText(`Meera ${family}`);
  await ann.context().close();
});

test("the history tells what was before, restores it, and undoes that", async ({ page, demo }) => {
  const family = newFamilyName();
  const values = { "Given name": "Kwame", "Family name": family, "Job title": "Trustee" };
  const contact = await addContact(page, demo.account, values);
  await page.getByRole("link", { name: "Edit" }).click();
  await fillIn(page, { "Job title": "Chair" });
  await press(page, "Save");
  await panel(page, "History").getByRole("link", { name: "All of it" }).click();
  await expect(heading(page)).toHaveText("History");
  await expect(page).toHaveTitle(`History · Kwame ${family} · Hale & Partners`);
  const edited = main(page).getByRole("listitem").filter({ hasText: "Edited by hand" });
  await expect(edited).toContainText("Tom Pemberton");
  await expect(edited).toContainText("on a page");
  await expect(edited).not.toContainText("from 127.0.0.1");
  await expect(edited.locator("del")).toHaveText("Trustee");
  await expect(edited.locator("ins")).toHaveText("Chair");

  await edited.getByRole("button", { name: "Restore Job title: Trustee" }).click();
  await expect(banner(page)).toContainText("Job title restored, and pinned");
  await expect(main(page).getByRole("listitem").first()).toContainText("Edited by hand");
  await banner(page).getByRole("button", { name: "Undo" }).click();
  await expect(banner(page)).toContainText("Undone.");
  await expect(main(page).getByRole("listitem").first()).toContainText("Undone");
  await page.goto(contact);
  await expect(fact(page, "Job title")).toContainText("Chair");
});

test("administrators see from which network address something was done", async ({ browser, demo }) => {
  const ann = await colleague(browser, demo);
  const contact = await addContact(ann, demo.account, { "Given name": "Ann", "Family name": newFamilyName() });
  await ann.goto(`${contact}/history`);
  await expect(main(ann).getByRole("listitem").first()).toContainText("from this computer");
  await ann.context().close();
});

test("a contact is deleted after the page that tells what goes with it, and comes back by Undo", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { Company: `${family} Joinery Ltd` });
  const contact = await addContact(page, demo.account, { "Given name": "Siobhán", "Family name": family });
  await page.goto(`${contact}/relationships/new?q=${family}`);
  await page.getByRole("radio", { name: `${family} Joinery Ltd` }).check();
  await fillIn(page, { [`Siobhán ${family}`]: "works for", Since: "1 March 2024" });
  await press(page, "Add");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "Delete" }).click();
  await expect(heading(page)).toHaveText(`Delete Siobhán ${family}`);
  await expect(main(page)).toContainText("relationship is no longer shown");
  await press(page, `Delete Siobhán ${family}`);
  await expect(banner(page)).toContainText("1 contact deleted. For 30 days this can be undone.");
  expect((await page.goto(contact))?.status()).toBe(404);

  await page.goto(`/${demo.account}/contacts/deleted`);
  const row = page.getByRole("row", { name: new RegExp(`Siobhán ${family}`) });
  await expect(row).toContainText("Tom Pemberton");
  await press(page, `Bring back Siobhán ${family}`);
  await expect(banner(page)).toContainText("1 contact brought back.");
  await page.goto(contact);
  await expect(panel(page, "Related")).toContainText("since 1 March 2024");
});

test("many are deleted from the list, and undone at once", async ({ page, demo }) => {
  const family = newFamilyName();
  for (const name of ["Ann", "Ben"])
    await addContact(page, demo.account, { "Given name": name, "Family name": family });
  await searchFor(page, family);
  for (const name of ["Ann", "Ben"]) await page.getByRole("checkbox", { name: `Choose ${name} ${family}` }).check();
  await press(page, "Delete");
  await expect(main(page)).toContainText("contacts leave lists, search and every other page");
  await press(page, "Delete 2 contacts");
  await expect(banner(page)).toContainText("2 contacts deleted.");
  await expect(page.getByText(`found for “${family}”`)).toContainText("0");
  await banner(page).getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(2);
});

test("a relationship is changed, and stands quietly below once it has ended", async ({ page, demo }) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { Company: `${family} Joinery Ltd` });
  const contact = await addContact(page, demo.account, { "Given name": "Dora", "Family name": family });
  await page.goto(`${contact}/relationships/new?q=${family}`);
  await page.getByRole("radio", { name: `${family} Joinery Ltd` }).check();
  await fillIn(page, { [`Dora ${family}`]: "works for", Since: "31 February 2024" });
  expect(await press(page, "Add")).toBe(422);
  await expectRefused(page, "There is no 31 February");
  await fillIn(page, { Since: "1 March 2024", Until: "1 March 2023" });
  expect(await press(page, "Add")).toBe(422);
  await expectRefused(page, "This is before it began.");
  await fillIn(page, { Until: "" });
  await press(page, "Add");
  await panel(page, "Related")
    .getByRole("link", { name: /^Change/ })
    .click();
  await fillIn(page, { Until: "30 June 2025", Note: "Two days a week." });
  await press(page, "Save");
  const related = panel(page, "Related");
  await expect(related).toContainText("No longer");
  await expect(related).toContainText("1 March 2024 – 30 June 2025 · Two days a week.");
});

test("an administrator adds a way of being related; one that is there already is refused", async ({
  browser,
  demo,
}) => {
  const ann = await colleague(browser, demo);
  const family = newFamilyName();
  await ann.goto(`/${demo.account}/settings/relationship-types`);
  await fillIn(ann, { "The first": "Works for", "The second": `has as ${family}` });
  expect(await press(ann, "Add")).toBe(422);
  await expectRefused(ann, "“works for” is there already.");
  await fillIn(ann, { "The first": `is ${family} of` });
  await press(ann, "Add");
  await expect(banner(ann)).toContainText("Added.");
  await press(ann, `Retire “is ${family} of”`);
  await expect(main(ann)).toContainText("no longer used since");
  await press(ann, `Remove “is ${family} of”`);
  await expect(main(ann)).not.toContainText(`is ${family} of`);
  await ann.context().close();
});
