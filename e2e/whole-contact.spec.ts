/** All that is known of a person: dates, marks, the household, and their estate once they have died. */
import { addContact, fact, panel } from "./contacts";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

test("a birthday that is none is refused in words; with and without a year it is kept and shown as people write it", async ({
  page,
  demo,
}) => {
  const family = newFamilyName();
  await page.goto(`/${demo.account}/contacts/new`);
  await fillIn(page, { "Given name": "Ann", "Family name": family });
  await page.getByText("Birthday, language and more").click();
  await fillIn(page, { Birthday: "31 February", "Died on": "1 January 2199", "Time zone": "Bree" });
  expect(await press(page, "Save")).toBe(422);
  await expectRefused(
    page,
    "There is no 31 February: February ends with the 29th.",
    "This day is still to come.",
    "This time zone is not known.",
  );
  await fillIn(page, { Birthday: "29.02.", "Died on": "", "Time zone": "new york", Language: "Portuguese (Brazil)" });
  await press(page, "Save");
  await expect(fact(page, "Birthday")).toContainText("29 February");
  await expect(fact(page, "Language")).toContainText("Portuguese (Brazil)");
  await expect(fact(page, "Time zone")).toContainText("New York (America)");
  await expect(fact(page, "Looked after by")).not.toBeEmpty();

  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByLabel("Birthday")).toHaveValue("29 February");
  await fillIn(page, { Birthday: "14.3.1958", "Time zone": "", Phone: "+49 30 23125 014" });
  await press(page, "Save");
  await expect(fact(page, "Birthday")).toContainText(/14 March 1958 \(\d\d\)/);
  await expect(fact(page, "Time zone")).toContainText("Berlin (Europe)");
  await expect(fact(page, "Time zone")).toContainText("derived from the phone");
});

test("what not to use is marked with its reason, and lifted by a person", async ({ page, demo }) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, { "Given name": "Folasade", "Family name": family });
  await panel(page, "Do not contact").getByRole("link", { name: "Mark" }).click();
  expect(await press(page, "Mark")).toBe(422);
  await expectRefused(page, "Choose what not to do.");
  await page.getByRole("checkbox", { name: "Email" }).check();
  await page.getByRole("checkbox", { name: "Letters" }).check();
  await fillIn(page, { Reason: "asked by phone" });
  await press(page, "Mark");
  await expect(page).toHaveURL(contact);
  await expect(panel(page, "Do not contact")).toContainText(/Do not email: asked by phone, \d+ \w+ \d{4}, /);
  await expect(panel(page, "Do not contact")).toContainText("Do not send letters: asked by phone");

  await page.getByRole("link", { name: "Lift “do not email”" }).click();
  await expect(heading(page)).toHaveText("Lift a mark");
  await press(page, "Lift this mark");
  await expect(banner(page)).toContainText("The mark is lifted.");
  await expect(panel(page, "Do not contact")).not.toContainText("Do not email");
  await expect(panel(page, "Do not contact")).toContainText("Do not send letters");
});

test("an estate is made of a person, and its letters go to its executor", async ({ page, demo }) => {
  const family = newFamilyName();
  const address = { Street: "14 Kiln Row", "Town or city": "London", Postcode: "E8 4QN" };
  await addContact(page, demo.account, { "Given name": "Ben", "Family name": family, ...address });
  const person = await addContact(page, demo.account, {
    "Given name": "Ann",
    "Family name": family,
    ...address,
    Country: "United Kingdom",
  });
  await expect(panel(page, "Household")).toContainText(`Ben ${family} same address and family name`);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "Make their estate" }).click();
  await fillIn(page, { "Died on": "11 Feb", "Find the executor among the contacts": `Ben ${family}` });
  await press(page, "Find");
  await expect(page.getByLabel("Died on"), "what is typed comes along").toHaveValue("11 Feb");
  await expect(page.getByRole("radio", { name: "None of these" })).toBeChecked();
  await fillIn(page, { "Died on": "" });
  await page.getByRole("radio", { name: `Ben ${family}` }).check();
  expect(await press(page, "Make the estate")).toBe(422);
  await expectRefused(page, "Give the date of death.");
  await fillIn(page, { "Died on": "11 February 2026" });
  await page.getByRole("radio", { name: `Ben ${family}` }).check();
  await press(page, "Make the estate");
  await expect(heading(page)).toHaveText(`Estate of Ann ${family}`);
  await expect(panel(page, "Letters go to")).toContainText(`Estate of Ann ${family}`);
  await expect(panel(page, "Letters go to")).toContainText(`c/o Ben ${family}`);
  await expect(panel(page, "Letters go to")).toContainText("14 Kiln Row");
  await expect(panel(page, "Related")).toContainText("Has as executor");

  await page.goto(person);
  await expect(page.locator(".banner").filter({ hasText: "Died on" })).toContainText("11 February 2026");
  await page.getByText("More", { exact: true }).click();
  await expect(page.getByRole("link", { name: "vCard file" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Make their estate" })).toHaveCount(0);
  await expect(panel(page, "Household")).toHaveCount(0);
});

test("who lives together by address is parted by hand, and put together again", async ({ page, demo }) => {
  const family = newFamilyName();
  const address = { Street: "9 Dell Lane", "Town or city": "Leeds", Postcode: "LS1 4AP" };
  await addContact(page, demo.account, { "Given name": "Cy", "Family name": family, ...address });
  await addContact(page, demo.account, { "Given name": "Dora", "Family name": family, ...address });
  await press(page, `Take out Cy ${family}`);
  await expect(panel(page, "Household")).toContainText("Nobody else.");
  await panel(page, "Household").getByText("Taken out").click();
  await press(page, `Put back Cy ${family}`);
  await expect(panel(page, "Household")).toContainText(`Cy ${family} put together by hand`);
});
