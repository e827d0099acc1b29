/** Who comes and goes: from an administrator's link to the first sign-in, and out again; and a forgotten password. */
import { randomUUID } from "node:crypto";
import { type Browser, type Page } from "@playwright/test";
import { rows } from "./contacts";
import { type Demo } from "./demo";
import { readRecoveryCodes, turnOnAuthenticator } from "./first-run";
import { banner, expectRefused, fillIn, heading, press } from "./forms";
import { mailedPath } from "./mailed";
import { as, expect, test } from "./people";
import { code, giveCode, givePassword, untilTheCodeIsFresh } from "./signing-in";

const password = "six grey herons on a weir";

/** An address of its own for each run, as nobody is invited twice. */
const newAddress = (name: string) => `${name}.${randomUUID().slice(0, 8)}@llewellyn.example`;

async function invite(page: Page, demo: Demo, email: string, role = "User"): Promise<string> {
  await page.goto(`/${demo.account}/members`);
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await fillIn(page, { "Email address": email, Name: "Morwenna Pascoe" });
  await page.getByRole("radio", { name: role }).check();
  expect(await press(page, "Make the link")).toBe(201);
  return shownLink(page);
}

const shownLink = async (page: Page) => new URL(await page.locator("code.key").innerText()).pathname;

/** A browser in which nobody is signed in. */
async function elsewhere(browser: Browser, demo: Demo): Promise<Page> {
  const context = await browser.newContext({
    baseURL: demo.url,
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

/** From the link to the account; the authenticator app's key. */
async function join(page: Page, link: string): Promise<string> {
  await page.goto(link);
  await press(page, "Join Hale & Partners");
  await fillIn(page, { "Your name": "Morwenna Pascoe", Password: password });
  await press(page, "Continue");
  const secret = await turnOnAuthenticator(page);
  await readRecoveryCodes(page);
  await press(page, "I have them, continue");
  return secret;
}

const member = (page: Page, name: string) => rows(page).filter({ hasText: name });

test.describe("an administrator", () => {
  test.use(as("admin"));

  test("lets somebody in by a link, and shuts them out in mid-session", async ({ page, demo, browser }) => {
    test.slow();
    const email = newAddress("morwenna");
    const theirs = await elsewhere(browser, demo);
    const link = await invite(page, demo, email);

    await test.step("the link is shown once, waits in the list, and a newer one voids it", async () => {
      await page.getByRole("link", { name: "Done" }).click();
      await expect(member(page, email)).toContainText("Invited");
      await page.getByRole("link", { name: `New link for ${email}` }).click();
      await press(page, "Make a new link");
      const newer = await shownLink(page);
      expect((await theirs.goto(link))?.status()).toBe(404);
      await expect(heading(theirs)).toHaveText("This link does not work");
      await theirs.goto(newer);
      await expect(heading(theirs)).toHaveText("Join Hale & Partners");
    });

    await test.step("somebody who is signed in as another person is told so", async () => {
      expect((await page.goto(theirs.url()))?.status()).toBe(409);
      await expect(heading(page)).toHaveText("This link is for another address");
      await expect(page.getByRole("main")).not.toContainText(email);
    });

    await test.step("the newcomer chooses a password and sets up the second factor", async () => {
      await press(theirs, "Join Hale & Partners");
      await fillIn(theirs, { "Your name": "Morwenna Pascoe", Password: "too short" });
      expect(await press(theirs, "Continue")).toBe(422);
      await expectRefused(theirs, "15 characters");
      await fillIn(theirs, { Password: password });
      await press(theirs, "Continue");
      await turnOnAuthenticator(theirs);
      await press(theirs, "I have them, continue");
      await expect(theirs).toHaveURL(`/${demo.account}`);
      await theirs.goto(`/${demo.account}/members`);
      await expect(theirs.getByRole("link", { name: "Invite somebody" })).toHaveCount(0);
    });

    await test.step("the role changes with their next click", async () => {
      await page.goto(`/${demo.account}/members`);
      await page.getByRole("row", { name: email }).getByRole("link").click();
      await fillIn(page, { Role: "Viewer" });
      await press(page, "Change role");
      await expect(banner(page)).toContainText("The role is Viewer now.");
      expect((await theirs.goto(`/${demo.account}/contacts/new`))?.status()).toBe(403);
    });

    await test.step("switched off, they are out at the next click, and back when switched on", async () => {
      await theirs.goto(`/${demo.account}/contacts`);
      await press(page, "Switch off");
      await expect(page.getByRole("main")).toContainText("Switched off");
      expect((await theirs.goto(`/${demo.account}/contacts`))?.status()).toBe(404);
      await theirs.goto("/");
      await expect(theirs.getByRole("main")).toContainText("Your place in Hale & Partners is switched off.");
      await press(page, "Switch on again");
      expect((await theirs.goto(`/${demo.account}/contacts`))?.status()).toBe(200);
    });

    await test.step("removed, they are gone from the list; the page before says what goes with them", async () => {
      await page.getByRole("link", { name: "Remove" }).click();
      await expect(heading(page)).toHaveText("Remove Morwenna Pascoe");
      await expect(page.getByRole("main")).toContainText("contacts they look after");
      await press(page, "Remove Morwenna Pascoe");
      await expect(member(page, email)).toHaveCount(0);
      expect((await theirs.goto(`/${demo.account}/contacts`))?.status()).toBe(404);
    });
    await theirs.context().close();
  });

  test("takes an invitation back, and its link says so", async ({ page, demo, browser }) => {
    const email = newAddress("tamsin");
    const link = await invite(page, demo, email);
    await page.getByRole("link", { name: "Done" }).click();
    await page.getByRole("button", { name: `Take back the invitation of ${email}` }).click();
    await expect(banner(page)).toContainText("The invitation is taken back.");
    const theirs = await elsewhere(browser, demo);
    expect((await theirs.goto(link))?.status()).toBe(410);
    await expect(heading(theirs)).toHaveText("This invitation was taken back");
    await theirs.context().close();
  });

  test("who has forgotten their password gets a link by mail, and still needs the second factor", async ({
    page,
    demo,
    browser,
  }) => {
    test.slow();
    const email = newAddress("jory");
    const theirs = await elsewhere(browser, demo);
    const secret = await join(theirs, await invite(page, demo, email, "Viewer"));
    const later = await elsewhere(browser, demo);
    await later.goto("/sign-in");
    await later
      .getByRole("link", { name: "Forgotten" })
      .or(later.getByRole("link", { name: /Forgot/ }))
      .click();
    await fillIn(later, { "Email address": email.toUpperCase() });
    await press(later, "Send the link");
    await expect(heading(later)).toHaveText("Look into your mail");

    await later.goto(await mailedPath(demo.mail, email, "/reset-password/"));
    await fillIn(later, { "New password": "nine pale moths at dusk" });
    await press(later, "Set it and go on");
    await expect(heading(later)).toHaveText("Enter your code");
    await untilTheCodeIsFresh();
    await giveCode(later, code(secret));
    await expect(later).toHaveURL(`/${demo.account}`);
    // The session of before is over, and so is the old password.
    await theirs.goto(`/${demo.account}`);
    await expect(heading(theirs)).toHaveText("Sign in");
    await givePassword(theirs, { email, password });
    await expectRefused(theirs, "do not go together");
    for (const one of [theirs, later]) await one.context().close();
  });
});
