/** The demo's people, signed in once for all tests: a code counts once, so each signs in once only. */
import { type Page, test as base } from "@playwright/test";
import { type Demo, theDemo } from "./demo";

export type Who = keyof Demo["users"];

export const people: Who[] = ["operator", "admin", "user", "viewer"];

/** Where the cookies of somebody signed in are kept. */
export const cookiesOf = (who: Who) => `.cache/e2e/${who}.json`;

/** Tests on the demo. Nobody is signed in, unless a file says `test.use(as("admin"))`. */
export const test = base.extend<{ customer: Page }, { demo: Demo }>({
  demo: [async ({}, use) => use(theDemo()), { scope: "worker" }],
  baseURL: async ({ demo }, use) => use(demo.url),
  /** In the browser of somebody outside, whom nobody knows by a cookie. */
  customer: async ({ browser, demo, javaScriptEnabled }, use) => {
    const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled, storageState: undefined });
    await use(await context.newPage());
    await context.close();
  },
});

export const as = (who: Who) => ({ storageState: cookiesOf(who) });

export { expect } from "@playwright/test";
