import { type Page } from "@playwright/test";
import { addContact, panel } from "./contacts";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

interface Person {
  name: string;
  phone: string;
  more?: Record<string, string>;
}

/** Calls that have begun, to these people. */
async function beginCalls(page: Page, account: string, family: string, people: readonly Person[]): Promise<string> {
  const email = ({ name }: Person) => `${name.toLowerCase()}@${family.toLowerCase()}.example`;
  for (const person of people) {
    const names = { "Given name": person.name, "Family name": family };
    await addContact(page, account, { ...names, Email: email(person), Phone: person.phone, ...person.more });
  }
  await page.goto(`/${account}/campaigns/new`);
  await page.getByRole("radio", { name: "Phone calls" }).check();
  await fillIn(page, {
    Name: `Calls to ${family}`,
    "Text, or the script of a call": "My name is {{sender's name}}. Am I speaking to **{{full name}}** of {{company}}?",
  });
  await press(page, "Save the draft");
  await page.getByRole("link", { name: "Choose recipients" }).click();
  await page.getByRole("radio", { name: "Single contacts, by their email" }).check();
  await fillIn(page, { Emails: people.map(email).join(", ") });
  await press(page, "Put them on the list");
  await press(page, "Begin the calls");
  await page.getByRole("link", { name: "Call desk" }).click();
  return new URL(page.url()).pathname;
}

const tally = (page: Page, title: string) => panel(page, title).getByRole("row");

test.describe("a caller's hour", () => {
  test.use(as("admin"));

  test("two callers take turns, record what came of each call, and see it counted", async ({ page, browser, demo }) => {
    test.slow();
    const family = newFamilyName();
    const desk = await beginCalls(page, demo.account, family, [
      { name: "Abena", phone: "020 7946 0311", more: { Company: `${family} Timber` } },
      { name: "Bruno", phone: "020 7946 0312" },
      { name: "Clara", phone: "+49 30 23125014" },
      { name: "Dilys", phone: "020 7946 0314" },
    ]);
    await expect(page.locator(".figures")).toContainText("left to call, 4 of them for the first time");
    await expect(page.getByText("No calls yet.")).toBeVisible();
    const other = await (
      await browser.newContext({ ...as("user"), baseURL: demo.url, javaScriptEnabled: false })
    ).newPage();
    await other.goto(desk);

    await test.step("nobody is given the same one", async () => {
      await press(page, "Next call");
      await expect(heading(page)).toHaveText(`Abena ${family}`);
      await press(other, "Next call");
      await expect(heading(other)).toHaveText(`Bruno ${family}`);
      await page.goto(other.url());
      await expect(banner(page)).toContainText("has them on their page until");
      await expect(page.getByRole("button", { name: "Save and next" })).toHaveCount(0);
      await page.goto(desk);
      await expect(panel(page, "On somebody’s page")).toContainText(`Bruno ${family}`);
      await press(page, "Next call");
      await expect(heading(page)).toHaveText(`Abena ${family}`);
    });

    await test.step("the number dials, the script is theirs", async () => {
      await expect(page.getByRole("link", { name: "020 7946 0311" })).toHaveAttribute("href", "tel:+442079460311");
      await expect(panel(page, "What to say")).toContainText(`Am I speaking to Abena ${family} of ${family} Timber?`);
      await expect(panel(other, "What to say")).toContainText("company not known");
      await press(page, "Keep them longer");
      await expect(banner(page).first()).toContainText("They are yours until");
    });

    await test.step("a conversion with its value", async () => {
      expect(await press(page, "Save and next")).toBe(422);
      await expectRefused(page, "Choose how the call went.");
      await page.getByRole("radio", { name: "Spoke to them: converted" }).check();
      await fillIn(page, { "Value in GBP": "a lot", Note: "Wants it soon." });
      expect(await press(page, "Save and next")).toBe(422);
      await expectRefused(page, "This is no amount.");
      await expect(page.getByLabel("Note")).toHaveValue("Wants it soon.");
      await fillIn(page, { "Value in GBP": "1,450" });
      await press(page, "Save and next");
      await expect(heading(page)).toHaveText(`Clara ${family}`);
      await expect(banner(page).first()).toContainText(`Abena ${family}: converted.`);
    });

    await test.step("a call-back, by their own clock", async () => {
      await expect(page.getByText("In Berlin (Europe) it is").first()).toBeVisible();
      await page.getByRole("radio", { name: "Call back later" }).check();
      await fillIn(page, { "Call back on": "2020-01-01", At: "10:00" });
      expect(await press(page, "Save and stop")).toBe(422);
      await expectRefused(page, "That has passed: in Berlin (Europe) it is");
      await fillIn(page, { "Call back on": "2027-03-28", At: "02:30" });
      expect(await press(page, "Save and stop")).toBe(422);
      await expectRefused(page, "There is no such time on that day");
      await fillIn(page, { At: "14:30", Note: "After her holiday." });
      await press(page, "Save and stop");
      await expect(banner(page).first()).toContainText(`Clara ${family}: call back, 28 March 2027, 13:30 here.`);
      await expect(panel(page, "Call-backs")).toContainText("After her holiday.");
      await expect(panel(page, "Call-backs")).toContainText("14:30");
    });

    await test.step("one is left for others, one has a wrong number, and that is undone", async () => {
      await press(page, "Next call");
      await expect(heading(page)).toHaveText(`Dilys ${family}`);
      await press(page, "Leave this one");
      await expect(banner(page).first()).toContainText("Nothing was recorded.");
      await other.getByRole("radio", { name: "Wrong number" }).check();
      await press(other, "Save and next");
      await expect(heading(other)).toHaveText(`Dilys ${family}`);
      const undo = banner(other).getByRole("button", { name: "Undo" });
      await other.getByRole("radio", { name: "No answer" }).check();
      await press(page, "Next call");
      await expect(banner(page).first()).toContainText("Nobody is left to call now.");
      await undo.click();
      await page.goto(desk);
      await press(page, "Next call");
      await expect(heading(page)).toHaveText(`Bruno ${family}`);
      await expect(panel(page, "Earlier calls")).toContainText("taken back since");
      await page.getByRole("radio", { name: "No answer" }).check();
      await press(page, "Save and stop");
    });

    await test.step("what came of it, by hour and caller, and in the contact's history", async () => {
      await expect(tally(page, "Results by caller").last()).toContainText("1 of 3");
      await expect(tally(page, "Results by hour").last()).toContainText("1 of 3");
      await page.goto(`${desk.replace("/calls", "")}`);
      await page.getByRole("link", { name: `Abena ${family}` }).click();
      await page.getByRole("link", { name: "The contact" }).click();
      await expect(page.getByText("Called for a campaign").first()).toBeVisible();
    });
    await other.context().close();
  });
});

test.describe("somebody who only reads", () => {
  test.use(as("viewer"));

  test("sees the desk, but has nobody on a page", async ({ page, browser, demo }) => {
    const family = newFamilyName();
    const admin = await (
      await browser.newContext({ ...as("admin"), baseURL: demo.url, javaScriptEnabled: false })
    ).newPage();
    const people = [{ name: "Abena", phone: "020 7946 0321" }];
    const desk = await beginCalls(admin, demo.account, family, people);
    await admin.context().close();
    await page.goto(desk);
    await expect(page.locator(".figures")).toContainText("left to call");
    await expect(page.getByRole("button", { name: "Next call" })).toHaveCount(0);
  });
});
