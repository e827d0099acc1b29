/** Signs the demo's people in and keeps their cookies for the other tests. */
import { existsSync } from "node:fs";
import { signIn } from "./signing-in";
import { cookiesOf, expect, people, test } from "./people";

for (const who of people) {
  test(`the ${who} signs in`, async ({ browser, demo }) => {
    const kept = existsSync(cookiesOf(who)) ? cookiesOf(who) : undefined;
    const context = await browser.newContext({ baseURL: demo.url, storageState: kept, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto("/person");
    // They may be signed in already, when the demo outlives the tests.
    if (page.url().includes("/sign-in")) await signIn(page, demo.users[who]);
    await page.goto("/person");
    await expect(page).toHaveURL(/\/person$/);
    await context.storageState({ path: cookiesOf(who) });
    await context.close();
  });
}
