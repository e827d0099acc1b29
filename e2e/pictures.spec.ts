/** Every page as a picture, to be looked at: `PICTURES=1 npx playwright test --project=pictures`. */
import { test as firstRun } from "./first-run";
import { walkTheFirstRun } from "./first-run-walk";
import { inEachLook } from "./looks";
import { nameOf, openView, test, views } from "./pages";
import { cookiesOf } from "./people";

const FOLDER = "test-results/pictures";

const fileOf = (name: string, look: string) =>
  `${FOLDER}/${
    name
      .replace(/^\//, "")
      .replace(/[^a-z]+/gi, "-")
      .replace(/^-|-$/g, "") || "welcome"
  }-${look}.png`;

for (const view of views) {
  test(`a picture of ${nameOf(view)}`, async ({ browser, demo, sights }) => {
    const storageState = view.who === null ? undefined : cookiesOf(view.who);
    const context = await browser.newContext({ baseURL: demo.url, storageState });
    const page = await context.newPage();
    await openView(view, page, demo, sights);
    await inEachLook(page, (look) => page.screenshot({ path: fileOf(nameOf(view), look), fullPage: true }));
    await context.close();
  });
}

firstRun("pictures of the first run", async ({ page, program }) => {
  firstRun.slow();
  await walkTheFirstRun(page, program.setUpCode, (route) =>
    inEachLook(page, (look) => page.screenshot({ path: fileOf(`first-run-${route}`, look), fullPage: true })),
  );
});
