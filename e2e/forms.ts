/** Forms as a person sees them: by the words on the page. */
import { expect, type Page } from "@playwright/test";

export async function fillIn(page: Page, values: Record<string, string>) {
  for (const [label, text] of Object.entries(values)) {
    const field = page.getByRole("main").getByLabel(labelled(label)).and(page.locator(":not([type=radio])"));
    if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption({ label: text });
    else await field.fill(text);
  }
}

/** The label as it stands there, with or without "(optional)". */
function labelled(label: string): RegExp {
  return new RegExp(`^${label.replace(/[()?.]/g, "\\$&")}(?: \\(optional\\))?$`);
}

/** Presses a button and waits for the answer to it: its status. A redirect counts as the page it leads to. */
export async function press(page: Page, name: string): Promise<number> {
  const answer = page.waitForResponse(
    (response) => response.request().isNavigationRequest() && response.status() !== 303,
  );
  await page.getByRole("main").getByRole("button", { name, exact: true }).click();
  return (await answer).status();
}

/** The page that came back holds these sentences in its summary, beside what was typed. */
export async function expectRefused(page: Page, ...sentences: string[]) {
  const summary = page.getByRole("alert");
  for (const sentence of sentences) await expect(summary).toContainText(sentence);
  await expect(summary).toBeFocused();
}

export const banner = (page: Page) => page.locator(".banner");
export const heading = (page: Page) => page.getByRole("heading", { level: 1 });
