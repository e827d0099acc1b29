/** A newcomer: from the set-up code in the log to signing in again, on an empty installation of its own. */
import { expect } from "@playwright/test";
import { expectRefused, fillIn, heading, press } from "./forms";
import { fillInSetUp, founder, readKey, readRecoveryCodes, signOut, test, turnOnAuthenticator } from "./first-run";
import { code, giveCode, givePassword, untilTheCodeIsFresh } from "./signing-in";

test("the first person sets the firm up, and signs in with a code, then with a recovery code", async ({
  page,
  program,
}) => {
  test.slow();
  let secret = "";
  let spent = "";
  let recoveryCodes: string[] = [];

  await test.step("an empty installation leads to its set-up page", async () => {
    await page.goto("/");
    await expect(page).toHaveURL("/set-up");
    await expect(heading(page)).toHaveText("Set up Tallybook");
  });

  await test.step("a wrong set-up code and a short password are refused, and what was typed stays", async () => {
    await fillInSetUp(page, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
    expect(await press(page, "Continue")).toBe(422);
    await expectRefused(page, "This is not the set-up code");
    await expect(page.getByLabel("Your email address")).toHaveValue(founder.email);
    await expect(page.getByLabel("Password")).toHaveValue("");

    await fillIn(page, { "Set-up code": program.setUpCode, Password: "carverbooks" });
    expect(await press(page, "Continue")).toBe(422);
    await expectRefused(page, "15 characters");
  });

  await test.step("with the code from the log the firm is made", async () => {
    await fillInSetUp(page, program.setUpCode);
    await press(page, "Continue");
    await expect(heading(page)).toHaveText("Set up your authenticator app");
    await expect(page.getByRole("img", { name: /QR code/ })).toHaveJSProperty("complete", true);
  });

  await test.step("the authenticator app is set up with the key on the page; a wrong code does not do it", async () => {
    const shown = await readKey(page);
    await fillIn(page, { Code: "000000" });
    expect(await press(page, "Turn it on")).toBe(422);
    expect(await readKey(page), "the same key again").toBe(shown);
    secret = await turnOnAuthenticator(page);
  });

  await test.step("ten recovery codes are shown once", async () => {
    recoveryCodes = await readRecoveryCodes(page);
    expect(new Set(recoveryCodes).size).toBe(10);
    await press(page, "I have them, continue");
    await expect(page).toHaveURL("/carver-books-ltd");
    await expect(heading(page)).toHaveText("Carver Books Ltd");
    await expect(page.getByRole("main")).toContainText("The people and companies you know will be here.");
    await page.goto("/person/recovery-codes");
    await expect(page).toHaveURL("/person");
  });

  await test.step("the set-up page is closed", async () => {
    expect((await page.goto("/set-up"))?.status()).toBe(404);
  });

  await test.step("after signing out, Back shows nothing and the session is gone on the server", async () => {
    await page.goto("/carver-books-ltd/contacts");
    await signOut(page);
    await page.goBack();
    await expect(heading(page)).toHaveText("Sign in");
    await page.goto("/carver-books-ltd/contacts?kind=estate");
    await expect(page).toHaveURL(/\/sign-in\?to=/);
  });

  await test.step("a wrong password is refused, without saying which of the two was wrong", async () => {
    await givePassword(page, { email: founder.email, password: "four kettles on a wall" });
    await expectRefused(page, "do not go together");
    await expect(page.getByLabel("Email address")).toHaveValue(founder.email);
  });

  await test.step("password and code lead to the page that was wanted", async () => {
    await untilTheCodeIsFresh();
    await givePassword(page, founder);
    await giveCode(page, code(secret, 20));
    await expectRefused(page, "This is not the present code");
    spent = code(secret);
    await giveCode(page, spent);
    await expect(page).toHaveURL("/carver-books-ltd/contacts?kind=estate");
  });

  await test.step("the same code does not count twice", async () => {
    await signOut(page);
    await givePassword(page, founder);
    await giveCode(page, spent);
    await expectRefused(page, "it was used already");
  });

  await test.step("a recovery code lets in, once", async () => {
    await page.getByRole("link", { name: "Use a recovery code" }).click();
    const typed = (recoveryCodes[3] ?? "").toLowerCase().replaceAll("-", " ");
    await fillIn(page, { "Recovery code": typed });
    await press(page, "Sign in");
    await expect(page.getByRole("status")).toContainText("that code is used up");
    await expect(page.getByRole("main")).toContainText("9 of 10");

    await page.getByRole("button", { name: "Sign out" }).last().click();
    await givePassword(page, founder);
    await page.getByRole("link", { name: "Use a recovery code" }).click();
    await fillIn(page, { "Recovery code": typed });
    expect(await press(page, "Sign in")).toBe(422);
    await expectRefused(page, "or it was used already");
  });
});
