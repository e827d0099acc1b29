/** The four looks of every page: light and dark, desk and phone. */
import { type Page } from "@playwright/test";

export const schemes = ["light", "dark"] as const;
export const widths = [1280, 390] as const;

export type Look = `${(typeof widths)[number]}-${(typeof schemes)[number]}`;

/** Shows the page in each look, one after the other. */
export async function inEachLook(page: Page, look: (name: Look) => Promise<unknown>) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 640 ? 800 : 844 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await look(`${width}-${colorScheme}`);
    }
  }
}
