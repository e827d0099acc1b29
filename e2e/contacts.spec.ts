/** One contact: made, mended, put aside and taken back. */
import { addContact, fact, panel, rows, searchFor } from "./contacts";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

test("a contact with mistakes is refused with all that was typed, and saved once they are mended", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  await page.goto(`/${demo.account}/contacts/new`);
  await fillIn(page, {
    "Given name": "Ngozi",
    "Family name": family,
    Email: "ngozi@@orchard.example",
    Phone: "call the office",
    Tags: "client, trustee",
    Notes: "Rings on Fridays.",
  });
  expect(await press(page, "Save")).toBe(422);
  await expectRefused(page, "This email address has more than one @ sign.", "This is no phone number");
  await expect(page.getByLabel("Family name")).toHaveValue(family);
  await expect(page.getByLabel("Email", { exact: true })).toHaveValue("ngozi@@orchard.example");
  await expect(page.getByLabel("Email", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Notes")).toHaveValue("Rings on Fridays.");

  await page.getByRole("alert").getByRole("link", { name: "This is no phone number" }).click();
  await expect(page.getByLabel("Phone", { exact: true })).toBeFocused();

  await fillIn(page, { Email: `ngozi@${family}.example`.toLowerCase(), Phone: "020 7946 0123" });
  await press(page, "Save");
  await expect(banner(page)).toContainText("Saved.");
  await expect(heading(page)).toHaveText(`Ngozi ${family}`);
  await expect(page).toHaveTitle(`Ngozi ${family} · Contacts · Hale & Partners`);
  await expect(fact(page, "Phone").getByRole("link")).toHaveAttribute("href", "tel:+442079460123");
  await expect(page.getByRole("main")).toContainText("Rings on Fridays.");
  await page.reload();
  await expect(banner(page), "a message is shown once").toHaveCount(0);
});

test("a contact that may be there already is asked about, and saved when it is somebody else", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  const email = `office@${family}.example`.toLowerCase();
  const first = await addContact(page, demo.account, { "Given name": "Ann", "Family name": family, Email: email });
  await page.goto(`/${demo.account}/contacts/new`);
  await fillIn(page, { "Given name": "Bola", "Family name": family, Email: email.toUpperCase() });
  expect(await press(page, "Save")).toBe(422);
  await expectRefused(page, "This contact may be there already.");
  await expect(page.getByRole("main")).toContainText(`Ann ${family} has this email already.`);
  await expect(page.getByRole("link", { name: `Ann ${family}` })).toHaveAttribute("href", first);
  await expect(page.getByLabel("Given name")).toHaveValue("Bola");
  await press(page, "Save anyway");
  await expect(heading(page)).toHaveText(`Bola ${family}`);
});

test("a contact of which nothing is known is refused", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts/new`);
  expect(await press(page, "Save")).toBe(422);
  await expectRefused(page, "Give a name, a company, an email or a phone number");
});

test("another email is asked for, typed, made the first, and taken away again", async ({ page, demo }) => {
  const family = newFamilyName();
  const [old, fresh] = [`old@${family}.example`.toLowerCase(), `new@${family}.example`.toLowerCase()];
  const contact = await addContact(page, demo.account, { "Given name": "Ottoline", "Family name": family, Email: old });
  await page.getByRole("link", { name: "Edit" }).click();
  await fillIn(page, { "Email 2": fresh });
  await press(page, "Add another email");
  await expect(page.getByLabel("Email 3", { exact: true })).toBeVisible();
  await press(page, `Use first ${fresh}`);
  await expect(page.getByLabel("Email", { exact: true })).toHaveValue(fresh);
  await press(page, "Save");
  await expect(page).toHaveURL(contact);
  await expect(fact(page, "Email")).toContainText(fresh);
  await expect(fact(page, "Email")).toContainText("first choice");

  await page.getByRole("link", { name: "Edit" }).click();
  await press(page, `Remove ${old}`);
  await press(page, "Save");
  await expect(page.getByRole("main").locator("dd", { hasText: old })).toHaveCount(0);
});

test("an edit is in the history with what was before; an archived contact is out of search and can come back", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, { "Given name": "Kwame", "Family name": family });
  await page.getByRole("link", { name: "Edit" }).click();
  await fillIn(page, { Company: "Brandt Holzbau GmbH", "Job title": "Trustee" });
  await press(page, "Save");
  const history = panel(page, "History");
  await expect(history).toContainText("Tom Pemberton");
  await history.locator("summary", { hasText: "Company" }).click();
  await expect(history).toContainText("Brandt Holzbau GmbH");

  await press(page, "Archive");
  await expect(page.getByRole("main")).toContainText("Archived by Tom Pemberton");
  await press(page, "Undo");
  await expect(banner(page)).toContainText("Undone.");
  await expect(page).toHaveURL(contact);
  await press(page, "Archive");
  await searchFor(page, family);
  await expect(page.getByText("0 found")).toBeVisible();
  await page.goto(`/${demo.account}/contacts?archived=yes&q=${family}`);
  await expect(rows(page)).toHaveCount(1);

  await page.goto(contact);
  await press(page, "Restore");
  await searchFor(page, family);
  await expect(rows(page)).toHaveCount(1);
});

test("a relationship is found by search, read from both sides, and taken away", async ({ page, demo }) => {
  const family = newFamilyName();
  const firm = await addContact(page, demo.account, { Company: `${family} Joinery Ltd` });
  await addContact(page, demo.account, { "Given name": "Siobhán", "Family name": family });
  await panel(page, "Related").getByRole("link", { name: "Add" }).click();
  await page.getByRole("searchbox", { name: "Find the other contact" }).fill(`${family} joinery`);
  await press(page, "Find");
  await page.getByRole("radio", { name: `${family} Joinery Ltd` }).check();
  expect(await press(page, "Add")).toBe(422);
  await expectRefused(page, "Choose how they are related.");
  await expect(page.getByRole("radio", { name: `${family} Joinery Ltd` })).toBeChecked();
  await fillIn(page, { [`Siobhán ${family}`]: "works for" });
  await press(page, "Add");
  await expect(panel(page, "Related")).toContainText("Works for");

  await panel(page, "Related")
    .getByRole("link", { name: `${family} Joinery Ltd`, exact: true })
    .click();
  await expect(page).toHaveURL(firm);
  await expect(panel(page, "Related")).toContainText("Employs");
  await press(page, `Remove the relationship with Siobhán ${family}`);
  await expect(panel(page, "Related")).toContainText("Nobody yet.");
});

test("two people who change different fields both have their way", async ({ page, browser, demo }) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, { "Given name": "Meera", "Family name": family });
  const ann = await (await browser.newContext({ ...as("admin"), baseURL: demo.url })).newPage();
  await page.goto(`${contact}/edit`);
  await ann.goto(`${contact}/edit`);
  await fillIn(ann, { Company: "Brandt Holzbau GmbH" });
  await press(ann, "Save");

  await fillIn(page, { Notes: "Rings on Fridays." });
  await press(page, "Save");
  await expect(banner(page)).toContainText("Saved. Ann Okafor had changed Company meanwhile; that is kept.");
  await expect(fact(page, "Company")).toContainText("Brandt Holzbau GmbH");
  await expect(page.getByRole("main")).toContainText("Rings on Fridays.");
  await ann.context().close();
});
