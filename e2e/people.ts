/** The demo's people, signed in once for all tests: a code counts once, so each signs in once only. */
import { test as base } from "@playwright/test";
import { type Demo, theDemo } from "./demo";

export type Who = keyof Demo["users"];

export const people: Who[] = ["operator", "admin", "user", "viewer"];

/** Where the cookies of somebody signed in are kept. */
export const cookiesOf = (who: Who) => `.cache/e2e/${who}.json`;

/** Tests on the demo. Nobody is signed in, unless a file says `test.use(as("admin"))`. */
export const test = base.extend<object, { demo: Demo }>({
  demo: [async ({}, use) => use(theDemo()), { scope: "worker" }],
  baseURL: async ({ demo }, use) => use(demo.url),
});

export const as = (who: Who) => ({ storageState: cookiesOf(who) });

export { expect } from "@playwright/test";
