import { expect } from "@playwright/test";
import { addContact } from "./contacts";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, test } from "./people";

test.describe("a campaign is planned", () => {
  test.use(as("admin"));

  test("from its name to a list of whom it goes to, who is left out and why, and back again", async ({
    page,
    demo,
  }) => {
    const family = newFamilyName();
    const domain = `${family.toLowerCase()}.example`;
    for (const name of ["Folasade", "Tunde"]) {
      const email = `${name.toLowerCase()}@${domain}`;
      await addContact(page, demo.account, { "Given name": name, "Family name": family, Email: email });
    }
    await page.goto(`/${demo.account}/contacts/new`);
    await fillIn(page, { "Given name": "Kemi", "Family name": family, Email: `folasade@${domain}` });
    await press(page, "Save");
    await press(page, "Save anyway");
    await page.goto(`/${demo.account}/campaigns/new`);
    await fillIn(page, { "Cost in GBP": "three hundred" });
    expect(await press(page, "Save the draft")).toBe(422);
    await expectRefused(page, "Give it a name", "This is no amount");
    await page.getByText("What can be filled in for each recipient").click();
    await expect(page.getByText("{{response link}}")).toBeVisible();
    await fillIn(page, { Name: `Review ${family}`, "Cost in GBP": "310" });
    await press(page, "Save the draft");
    await expect(heading(page)).toHaveText(`Review ${family}`);
    await page.getByRole("link", { name: "Choose recipients" }).click();
    expect(await press(page, "Put them on the list")).toBe(422);
    await expectRefused(page, "Choose where they come from.");
    await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
    await fillIn(page, { Emails: `folasade@${domain}\ntunde@${domain}\nnobody@${domain}` });
    await press(page, "Put them on the list");
    await expect(banner(page)).toContainText(`3 put on the list. No contact has the email nobody@${domain}.`);
    await expect(page.locator(".figures")).toContainText("to be written to, of 3 listed");
    await page.getByRole("link", { name: /^Left out/ }).click();
    await expect(page.getByRole("row", { name: /Kemi/ })).toContainText("Same address as another");
    await page.getByRole("link", { name: /^All 2/ }).click();
    await page
      .getByRole("row", { name: /Folasade/ })
      .getByRole("checkbox")
      .check();
    await press(page, "Take off the list");
    await expect(page.getByRole("row", { name: /Kemi/ })).toBeVisible();
    await press(page, "Take these off");
    await expect(page.getByText("Nobody is on its list yet")).toBeVisible();
    await press(page, "Delete");
    await expect(banner(page)).toContainText(`The draft “Review ${family}” is deleted.`);
    await banner(page).getByRole("button", { name: "Undo" }).click();
    await expect(heading(page)).toHaveText(`Review ${family}`);
  });
});

test.describe("contacts are put on a campaign's list", () => {
  test.use(as("admin"));

  test("as they are ticked, all of a list, and from a contact's own page", async ({ page, demo }) => {
    const family = newFamilyName();
    for (const name of ["Folasade", "Tunde", "Kemi"]) {
      const email = `${name.toLowerCase()}@${family.toLowerCase()}.example`;
      await addContact(page, demo.account, { "Given name": name, "Family name": family, Email: email });
    }
    await page.goto(`/${demo.account}/campaigns/new`);
    await fillIn(page, { Name: `Review ${family}` });
    await press(page, "Save the draft");
    const campaign = page.url();
    const join = async () => {
      await page.getByLabel("Campaign").selectOption({ label: `Review ${family} (email, draft)` });
      await press(page, "Put them on the list");
    };
    await page.goto(`/${demo.account}/contacts?q=${family}`);
    await page.getByRole("row", { name: /Tunde/ }).getByRole("checkbox").check();
    await page.getByRole("button", { name: "To a campaign…" }).click();
    await expect(page.getByText("1 contact chosen.")).toBeVisible();
    expect(await press(page, "Put them on the list")).toBe(422);
    await expectRefused(page, "Choose a campaign.");
    await join();
    await expect(banner(page)).toContainText("1 put on the list.");
    expect(page.url()).toBe(campaign);
    await page.goto(`/${demo.account}/contacts?q=${family}`);
    await page.getByRole("row", { name: /Kemi/ }).getByRole("link").first().click();
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("link", { name: "Put on a campaign’s list" }).click();
    await join();
    await expect(banner(page)).toContainText("1 put on the list.");
    await page.goto(`/${demo.account}/campaigns/joining?all=${encodeURIComponent(`q=${family}`)}`);
    await expect(page.getByText("All of the list: 3 found")).toBeVisible();
    await join();
    await expect(banner(page)).toContainText("1 put on the list. 2 were there already.");
  });
});

test.describe("a campaign is answered", () => {
  test.use(as("admin"));

  test("calls begin, an answer is recorded, refused where it makes no sense, counted and taken back", async ({
    page,
    demo,
  }) => {
    const family = newFamilyName();
    const email = `folasade@${family.toLowerCase()}.example`;
    await addContact(page, demo.account, {
      "Given name": "Folasade",
      "Family name": family,
      Email: email,
      Phone: "020 7946 0311",
    });
    await page.goto(`/${demo.account}/campaigns/new`);
    await fillIn(page, {
      Name: `Calls to ${family}`,
      "Text, or the script of a call": "Ask whether all is as it was.",
    });
    await page.getByRole("radio", { name: "Phone calls" }).check();
    await press(page, "Save the draft");
    await page.getByRole("link", { name: "Choose recipients" }).click();
    await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
    await fillIn(page, { Emails: email });
    await press(page, "Put them on the list");
    await press(page, "Begin the calls");
    await page.getByRole("link", { name: `Folasade ${family}` }).click();
    await page.getByRole("radio", { name: "Responded" }).check();
    await fillIn(page, { On: "2099-01-01", "Value in GBP": "1450" });
    expect(await press(page, "Record the answer")).toBe(422);
    await expectRefused(page, "Only a conversion has a value");
    await page.getByRole("radio", { name: "Converted" }).check();
    expect(await press(page, "Record the answer")).toBe(422);
    await expectRefused(page, "That day is still to come");
    await fillIn(page, { On: "2026-05-09", Note: "Wants the spring date." });
    await press(page, "Record the answer");
    await expect(banner(page)).toContainText("Recorded: converted.");
    await expect(page.locator(".trail")).toContainText("Converted on 9 May 2026, £1,450.00");
    const here = page.url();
    await banner(page).getByRole("button", { name: "Undo" }).click();
    await page.goto(here);
    await expect(page.locator(".trail")).toContainText("taken back since");
    await page.getByRole("link", { name: "The contact" }).click();
    await expect(page.getByText("Answered a campaign").first()).toBeVisible();
    await page.goto(`/${demo.account}/campaigns`);
    await page.getByRole("link", { name: `Calls to ${family}` }).click();
    await expect(page.locator(".figures")).toContainText("0converted");
    await page.getByRole("link", { name: "Record answers" }).click();
    await fillIn(page, { "Codes or emails": `${email}\nnobody@${family.toLowerCase()}.example\n7K3QX` });
    expect(await press(page, "Record the answers")).toBe(422);
    await expect(banner(page)).toContainText("1 answer recorded.");
    await expect(page.getByRole("row", { name: /nobody@/ })).toContainText("No contact has this email.");
    await expect(page.getByLabel("Codes or emails")).toHaveValue(`7K3QX\nnobody@${family.toLowerCase()}.example`);
    await banner(page).getByRole("button", { name: "Undo" }).click();
    await page.goto(`/${demo.account}/campaigns`);
    await page.getByRole("link", { name: `Calls to ${family}` }).click();
    await press(page, "Complete");
    await expect(page.getByRole("button", { name: "Take up again" })).toBeVisible();
  });
});
