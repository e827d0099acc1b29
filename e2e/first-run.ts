/** From an empty installation to a person with an authenticator app, page by page. */
import { test as base, expect, type Page } from "@playwright/test";
import { fillIn, heading, press } from "./forms";
import { startEmptyProgram, stopProgram } from "./program";
import { code, untilTheCodeIsFresh } from "./signing-in";

type EmptyProgram = Awaited<ReturnType<typeof startEmptyProgram>>;

/** Tests on an empty installation of their own. */
export const test = base.extend<{ program: EmptyProgram }>({
  program: async ({}, use) => {
    const program = await startEmptyProgram();
    await use(program);
    await stopProgram(program);
  },
  baseURL: async ({ program }, use) => use(program.origin),
});

export const founder = {
  name: "Rosalind Carver",
  email: "rosalind@carver-books.example",
  password: "four kettles on a shelf",
};

export async function fillInSetUp(page: Page, setUpCode: string) {
  await fillIn(page, {
    "Set-up code": setUpCode,
    Name: "Carver Books Ltd",
    Country: "United Kingdom",
    "Your name": founder.name,
    "Your email address": founder.email,
    Password: founder.password,
  });
}

/** The key on the page, as typed into the app by hand. */
export async function readKey(page: Page): Promise<string> {
  return (await page.locator("code").innerText()).replace(/\s/g, "");
}

/** Types the code before the present one, so that the present one is left for the next sign-in. */
export async function turnOnAuthenticator(page: Page): Promise<string> {
  const secret = await readKey(page);
  await untilTheCodeIsFresh();
  await fillIn(page, { Code: code(secret, -1) });
  await press(page, "Turn it on");
  await expect(heading(page)).toHaveText("Your recovery codes");
  return secret;
}

export const readRecoveryCodes = (page: Page) => page.locator("ol.codes li").allInnerTexts();

export const signOut = async (page: Page) => {
  await page.locator("summary", { hasText: founder.name }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
};
