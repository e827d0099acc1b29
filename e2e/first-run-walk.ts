/** Comes by every page that only somebody new, or half signed in, sees. */
import { expect, type Page } from "@playwright/test";
import { fillIn, heading, press } from "./forms";
import { fillInSetUp, founder, readRecoveryCodes, signOut, turnOnAuthenticator } from "./first-run";
import { givePassword } from "./signing-in";

/** Calls `look` with the route's path on each of them. */
export async function walkTheFirstRun(page: Page, setUpCode: string, look: (route: string) => Promise<unknown>) {
  await page.goto("/set-up");
  await look("set-up");
  await fillInSetUp(page, setUpCode);
  await press(page, "Continue");
  await expect(heading(page)).toHaveText("Set up your authenticator app");
  await look("sign-in/authenticator");
  await turnOnAuthenticator(page);
  const codes = await readRecoveryCodes(page);
  await look("person/recovery-codes");
  await press(page, "I have them, continue");
  await look(":account");
  await page.goto("/carver-books-ltd/contacts");
  await look(":account/contacts");
  await signOut(page);
  await givePassword(page, founder);
  await expect(heading(page)).toHaveText("Enter your code");
  await look("sign-in/code");
  await page.getByRole("link", { name: "Use a recovery code" }).click();
  await look("sign-in/recovery");
  await fillIn(page, { "Recovery code": codes[0] ?? "" });
  await press(page, "Sign in");
  await page.getByRole("link", { name: "Replace authenticator app" }).click();
  await fillIn(page, { "Your present password": founder.password, Code: codes[1] ?? "" });
  await press(page, "Continue");
  await expect(heading(page)).toHaveText("Set up your authenticator app");
  await look("person/authenticator/new");
}
