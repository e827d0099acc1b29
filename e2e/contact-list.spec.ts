/** The list of contacts: every view is an address. */
import { addContact, rows, searchFor } from "./contacts";
import { banner, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

const names = (texts: string[]) => texts.map((text) => text.trim());

test("search finds by any part, without accents, and marks what was hit", async ({ page, demo }) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { "Given name": "Élodie", "Family name": family, Phone: "0161 496 0234" });
  await searchFor(page, `elodie ${family.slice(1, 6)}`);
  await expect(rows(page)).toHaveCount(1);
  const marks = rows(page).locator("mark");
  expect((await marks.allInnerTexts()).join(" ").toLowerCase()).toContain(family.slice(1, 6).toLowerCase());
  await expect(marks.filter({ hasText: /lodie/ })).toHaveCount(1);
  await expect(page.getByRole("banner").getByRole("searchbox")).toHaveValue(`elodie ${family.slice(1, 6)}`);

  await searchFor(page, `${family.toLowerCase()} 4960234`);
  await expect(rows(page).locator("mark", { hasText: /0234/ })).toHaveCount(1);
});

test("a search without a hit says so and shows the way back", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts?q=zzyzx+quagmire`);
  await expect(page.getByRole("main")).toContainText("Nobody matches.");
  await page.getByRole("link", { name: "Show all contacts" }).click();
  await expect(rows(page)).toHaveCount(50);
});

test("filters, sort and page are in the address, and survive one another", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts`);
  await page.getByRole("combobox", { name: "Kind" }).selectOption({ label: "Company" });
  await press(page, "Apply");
  await expect(page).toHaveURL(/kind=business/);
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(/kind=business.*order=descending/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");

  const first = names(await rows(page).getByRole("rowheader").allInnerTexts());
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.locator(".foot")).toContainText("51–100 of");
  const second = names(await rows(page).getByRole("rowheader").allInnerTexts());
  expect(second.filter((name) => first.includes(name) && !/Ltd|LLP|Sons|GmbH/.test(name))).toEqual([]);
  await page.getByRole("link", { name: "Previous" }).click();
  expect(names(await rows(page).getByRole("rowheader").allInnerTexts())).toEqual(first);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/kind=/);
});

test("every filter is in the address, stands on the page and can be taken away", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts`);
  await page.getByRole("combobox", { name: "Looked after by" }).selectOption({ label: "Mine" });
  await page.getByText("More filters").click();
  await page.getByRole("combobox", { name: "City" }).fill("lon");
  await page.getByLabel("Created: in the last days").selectOption({ label: "Last 30 days" });
  await press(page, "Apply");
  await expect(page).toHaveURL(`/${demo.account}/contacts?owner=me&city=lon&created=30`);
  const chips = page.getByRole("form", { name: "Narrow the list" }).locator(".chip");
  await expect(chips).toHaveCount(3);
  const narrow = await rows(page).count();
  await chips.filter({ hasText: "City: lon" }).click();
  await expect(page).toHaveURL(`/${demo.account}/contacts?owner=me&created=30`);
  expect(await rows(page).count()).toBeGreaterThanOrEqual(narrow);
  // What nobody understands is left out, and the page is there.
  await page.goto(`/${demo.account}/contacts?owner=anybody&created=soon&created-from=31-02-2026&marks=&columns=shoes`);
  await expect(chips).toHaveCount(0);
  await expect(rows(page)).toHaveCount(50);
});

test("columns are chosen and put in order, and the choice is an address", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts?kind=individual`);
  const heads = async () => names(await page.getByRole("columnheader").allInnerTexts());
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "City", exact: true }).check();
  await page.getByRole("checkbox", { name: "Kind", exact: true }).uncheck();
  await press(page, "Show these columns");
  await expect(page).toHaveURL(/kind=individual&columns=email,phone,tags,changed,city$/);
  await expect(page.getByRole("button", { name: "Show these columns" })).toBeHidden();
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("button", { name: "City: further to the front" }).click();
  await expect(page).toHaveURL(/columns=email,phone,tags,city,changed/);
  expect((await heads()).slice(1)).toEqual(["Email", "Phone", "Tags", "City", "Changed"]);
  await page.getByRole("columnheader", { name: "City" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=city&columns=email,phone,tags,city,changed/);
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("link", { name: "As usual" }).click();
  await expect(page).not.toHaveURL(/columns=/);
});

test("from a contact one goes on through the list one came from, over the ends of its pages", async ({
  page,
  demo,
}) => {
  await page.goto(`/${demo.account}/contacts?kind=business&sort=created`);
  const order = names(await rows(page).getByRole("rowheader").getByRole("link").allInnerTexts());
  await rows(page).nth(48).getByRole("rowheader").getByRole("link").click();
  const through = page.getByRole("navigation", { name: "Through the list" });
  await expect(through).toContainText("49 of");
  await through.getByRole("link", { name: "Next" }).click();
  await expect(heading(page)).toHaveText(order[49] ?? "");
  await through.getByRole("link", { name: "Next" }).click();
  await expect(through).toContainText("51 of");
  // The list behind has turned its page, and the row is on it.
  await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
  await expect(page.locator(".foot")).toContainText("51–100 of");
  await expect(page.locator("tr:target")).toHaveCount(1);
  await page.locator("tr:target").getByRole("rowheader").getByRole("link").click();
  await through.getByRole("link", { name: "Previous" }).click();
  await expect(heading(page)).toHaveText(order[49] ?? "");

  await page.goto(`/${demo.account}/contacts`);
  await rows(page).first().getByRole("rowheader").getByRole("link").click();
  await expect(through).toContainText("1 of");
  await expect(through.getByRole("link", { name: "Previous" })).toHaveCount(0);
});

test("on a phone the filters are a press away", async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${demo.account}/contacts?kind=estate`);
  await expect(page.getByRole("combobox", { name: "Kind" })).toBeHidden();
  await page.getByText("Filters", { exact: true }).click();
  await page.getByRole("combobox", { name: "Kind" }).selectOption({ label: "Company" });
  await press(page, "Apply");
  await expect(page).toHaveURL(`/${demo.account}/contacts?kind=business`);
});

test("from a contact one comes back to the same list", async ({ page, demo }) => {
  const list = `/${demo.account}/contacts?kind=estate&sort=changed`;
  await page.goto(list);
  await rows(page).first().getByRole("link").click();
  await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
  await expect(page).toHaveURL(new RegExp(`${list.replace("?", "\\?")}#contact-`));
});

test("the list one came from is kept through an edit, archiving and restoring, down to the row", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { "Given name": "Rui", "Family name": family });
  const list = `/${demo.account}/contacts?q=${family}&sort=created`;
  await page.goto(list);
  await rows(page).first().getByRole("link").first().click();
  await page.getByRole("main").getByRole("link", { name: "Edit" }).click();
  await fillIn(page, { "Job title": "Trustee" });
  await press(page, "Save");
  await press(page, "Archive");
  await press(page, "Undo");
  const id = /contacts\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
  await expect(page).toHaveURL(`${list}#contact-${id}`);
  await expect(page.locator("tr:target")).toContainText(family);
});

test("some contacts are ticked and archived together, after a page that says how many", async ({ page, demo }) => {
  const family = newFamilyName();
  for (const given of ["Rui", "Beatriz", "Joaquín"])
    await addContact(page, demo.account, { "Given name": given, "Family name": family });
  await searchFor(page, family);
  await expect(page.getByRole("button", { name: "Archive" }), "no bar before something is ticked").toBeHidden();
  for (const given of ["Rui", "Beatriz"])
    await page.getByRole("checkbox", { name: `Choose ${given} ${family}` }).check();
  const bar = page.getByRole("group", { name: "With the chosen rows" });
  await expect(page.locator(".ledger input:checked")).toHaveCount(2);
  // Only what stands before the bar is counted by it.
  expect(await bar.evaluate((part) => part.previousElementSibling?.querySelectorAll(":checked").length)).toBe(2);
  await press(page, "Archive");
  await expect(heading(page)).toHaveText("Archive contacts");
  await expect(page.getByRole("main")).toContainText("contacts leave lists and search");
  await press(page, "Archive 2 contacts");
  await expect(banner(page)).toContainText("2 contacts archived.");
  await expect(page).toHaveURL(`/${demo.account}/contacts?q=${family}`);
  await expect(rows(page)).toHaveCount(1);

  await press(page, "Undo");
  await expect(banner(page)).toContainText("Undone for 2 contacts.");
  await expect(rows(page)).toHaveCount(3);
});

test("a whole list is archived after a page that says how many, and some of it restored together", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  for (const given of ["Rui", "Beatriz", "Joaquín"])
    await addContact(page, demo.account, { "Given name": given, "Family name": family });
  await searchFor(page, family);
  await page.getByRole("checkbox", { name: `Choose Rui ${family}` }).check();
  await page.getByRole("checkbox", { name: "All 3 that match" }).check();
  await press(page, "Archive");
  await expect(page.getByRole("main")).toContainText("contacts leave lists and search");
  await press(page, "Archive 3 contacts");
  await expect(banner(page)).toContainText("3 contacts archived.");

  await page.goto(`/${demo.account}/contacts?archived=yes&q=${family}`);
  for (const given of ["Rui", "Beatriz"])
    await page.getByRole("checkbox", { name: `Choose ${given} ${family}` }).check();
  await press(page, "Restore");
  await expect(banner(page)).toContainText("2 contacts restored.");
  await expect(page).toHaveURL(new RegExp(`archived=yes`));
  await expect(rows(page)).toHaveCount(1);
});

test("a name with an apostrophe is found as the list prints it", async ({ page, demo }) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { "Given name": "Siobhán", "Family name": `O’${family}` });
  for (const words of [`O'${family}`, `O’${family}, Siobhán`, `o${family.toLowerCase()}`]) {
    await searchFor(page, words);
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page).locator("mark").first()).toHaveText(`O’${family}`);
  }
});

test("the list on a phone has everything that the list on a desk has", async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${demo.account}/contacts`);
  await page.getByRole("banner").locator("summary", { hasText: "Menu" }).click();
  await page.getByRole("banner").getByRole("link", { name: "Imports" }).click();
  await expect(heading(page)).toHaveText("Imports");
  await page.goto(`/${demo.account}/contacts/new`);
  const family = newFamilyName();
  await fillIn(page, { "Given name": "Niamh", "Family name": family });
  await press(page, "Save");
  await expect(heading(page)).toHaveText(`Niamh ${family}`);
});
