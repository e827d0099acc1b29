/** What a person does with contacts, page by page. */
import { expect, type Page } from "@playwright/test";
import { fillIn, heading, press } from "./forms";

/** Makes a contact by the form and stays on its page; the page's address. */
export async function addContact(page: Page, account: string, values: Record<string, string>): Promise<string> {
  await page.goto(`/${account}/contacts/new`);
  await fillIn(page, values);
  await press(page, "Save");
  await expect(page).toHaveURL(/\/contacts\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Types into the search box at the top and presses Enter, as everybody does. */
export async function searchFor(page: Page, words: string) {
  const box = page.getByRole("banner").getByRole("searchbox");
  await box.fill(words);
  await box.press("Enter");
  await expect(heading(page)).toHaveText("Contacts");
  await expect(page.getByText(`found for “${words}”`)).toBeVisible();
}

/** The rows of the list on the page, without the head. */
export const rows = (page: Page) => page.getByRole("main").locator("tbody tr");

/** One fact of a contact's page: what stands beside its label. */
export const fact = (page: Page, label: string) =>
  page.locator("dt", { hasText: new RegExp(`^${label}$`) }).locator("xpath=following-sibling::dd[1]");

/** The part of the page under this heading. */
export const panel = (page: Page, title: string) =>
  page.locator(".panel").filter({ has: page.getByRole("heading", { name: title }) });
