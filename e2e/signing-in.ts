/** Signing in as a person does: a password, then a code of the authenticator app. */
import { expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { type SignIn } from "./demo";

const STEP_SECONDS = 30;
/** Enough to type a code and send it before the next one comes. */
const UNHURRIED_SECONDS = 10;

const now = () => Math.floor(Date.now() / 1_000);

/** The code that the app shows now; `-1`: the one before, which still counts when it was not used. */
export function code(secret: string, stepsFromNow = 0): string {
  return generateSync({ secret, epoch: now() + stepsFromNow * STEP_SECONDS });
}

/** Waits for the next code where this one is about to go. */
export async function untilTheCodeIsFresh(): Promise<void> {
  const left = () => STEP_SECONDS - (now() % STEP_SECONDS);
  await expect.poll(left, { timeout: STEP_SECONDS * 1_000 }).toBeGreaterThan(UNHURRIED_SECONDS);
}

export async function givePassword(page: Page, { email, password }: Pick<SignIn, "email" | "password">) {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function giveCode(page: Page, text: string) {
  await page.getByRole("textbox", { name: "Code" }).fill(text);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** From the sign-in page to the first page behind it. */
export async function signIn(page: Page, person: SignIn) {
  await page.goto("/sign-in");
  await givePassword(page, person);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Enter your code");
  await untilTheCodeIsFresh();
  await giveCode(page, code(person.totpSecret));
  await expect(page).not.toHaveURL(/\/sign-in/);
}
