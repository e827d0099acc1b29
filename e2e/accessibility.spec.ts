/** Every page, in both schemes, on a desk and on a phone: axe finds nothing, nothing is cut off, every link leads somewhere. */
import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { test as firstRun } from "./first-run";
import { walkTheFirstRun } from "./first-run-walk";
import { inEachLook, type Look } from "./looks";
import { nameOf, openView, pagesOfTheFirstRun, pagesOfTheSite, test, views } from "./pages";
import { cookiesOf, expect } from "./people";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** WCAG 1.4.10: no reading in two directions at this width. */
const NARROWEST = 320;

async function violations(page: Page, { within = "html", rules }: { within?: string; rules?: string[] } = {}) {
  // Only what is wrong is gathered, and in the page itself: no page of ours has frames, for which another would be opened.
  const axe = new AxeBuilder({ page })
    .include(within)
    .options({ resultTypes: ["violations"] })
    .setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(tags)).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any.map((check) => check.message).join(" ")}`,
    ),
  );
}

/** What sticks out sideways, or nothing. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tables = [...document.querySelectorAll(".ledger")].filter((table) => {
      const box = table.parentElement;
      return box && getComputedStyle(box).overflowX === "visible" && table.scrollWidth > box.clientWidth + 1;
    });
    if (tables.length > 0) return tables.map((table) => `a table wider than its box: ${table.outerHTML.slice(0, 120)}`);
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (part) => part.getBoundingClientRect().right > room + 1,
    );
    return wide.slice(0, 5).map((part) => part.outerHTML.slice(0, 160));
  });
}

/** What the dark may break, and what a narrow page may: colours are the same at any width, the rest in any scheme. */
const rulesOf: Partial<Record<Look, string[]>> = {
  "1280-dark": ["color-contrast"],
  "390-dark": [
    ...["target-size", "scrollable-region-focusable", "link-in-text-block"],
    ...["link-name", "button-name", "label", "aria-hidden-focus", "list", "heading-order", "landmark-unique"],
  ],
};

/** Every rule at a desk; in the dark and on a phone those that can differ there. */
async function expectGoodPage(page: Page, within?: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(/./);
  // The first page with a script needs its flows run with scripts on, too: `playwright.config.ts`.
  await expect(page.locator("script")).toHaveCount(0);
  await inEachLook(page, async (look) => {
    if (look !== "390-light") expect.soft(await violations(page, { within, rules: rulesOf[look] }), look).toEqual([]);
    expect.soft(await stickingOut(page), look).toEqual([]);
  });
  await page.setViewportSize({ width: NARROWEST, height: 640 });
  expect.soft(await stickingOut(page), "at the narrowest").toEqual([]);
}

test("this list names every page of the site", () => {
  const seen = new Set([...views.map((view) => view.route), ...pagesOfTheFirstRun]);
  expect(pagesOfTheSite().filter((route) => !seen.has(route))).toEqual([]);
});

for (const view of views) {
  test(`${nameOf(view)} is good to use for everybody`, async ({ browser, demo, sights }) => {
    const storageState = view.who === null ? undefined : cookiesOf(view.who);
    const context = await browser.newContext({ baseURL: demo.url, storageState });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      // axe speaks to every frame, and a sandboxed one (the preview of a mail) takes nothing from anybody.
      if (message.text().includes("does not match the recipient window's origin ('null')")) return;
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    const answer = await openView(view, page, demo, sights);
    await expectGoodPage(page, view.within);
    if (answer?.ok() && !view.then) expect(complaints).toEqual([]);
    await context.close();
  });
}

firstRun("pages of the first run are good to use for everybody", async ({ page, program }) => {
  firstRun.slow();
  const seen: string[] = [];
  await walkTheFirstRun(page, program.setUpCode, async (route) => {
    seen.push(route);
    await expectGoodPage(page);
  });
  expect(pagesOfTheFirstRun.filter((route) => !seen.includes(route))).toEqual([]);
});

test("every link of every page leads somewhere", async ({ browser, demo, sights }) => {
  test.slow();
  const broken: string[] = [];
  for (const who of ["admin", "viewer"] as const) {
    const context = await browser.newContext({ baseURL: demo.url, storageState: cookiesOf(who) });
    const page = await context.newPage();
    const followed = new Set<string>();
    for (const view of views.filter((view) => view.who === who && !view.then)) {
      await page.goto(view.path(demo, sights));
      const hrefs = await page
        .locator("a[href^='/']")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
      for (const href of hrefs) {
        // One of each kind is enough: a list has fifty links to contacts.
        const kind = href
          .replace(/[0-9a-f-]{36}.*$/, (rest) => `:id${rest.slice(36).replace(/\?.*$/, "")}`)
          .replace(/\?.*$/, "");
        if (followed.has(kind)) continue;
        followed.add(kind);
        const answer = await page.request.get(href);
        if (!answer.ok()) broken.push(`${who}: ${nameOf(view)} → ${href}: ${answer.status()}`);
      }
    }
    await context.close();
  }
  expect(broken).toEqual([]);
});
