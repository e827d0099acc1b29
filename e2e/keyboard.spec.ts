/** Everything with the keyboard alone. */
import { fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

test("the first Tab reaches the skip link, which leads past the menus into the page", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts`);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the page" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const firstInPage = page.getByRole("main").locator("a:visible, summary:visible, button:visible").first();
  await expect(firstInPage).toBeFocused();
});

test("Enter saves a form from any of its fields, whatever buttons stand above", async ({ page, demo }) => {
  const family = newFamilyName();
  await page.goto(`/${demo.account}/contacts/new`);
  await page.getByLabel("Given name").fill("Haruto");
  await page.keyboard.press("Tab");
  await page.keyboard.type(family);
  await page.getByLabel("Email", { exact: true }).fill(`haruto@${family}.example`.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(`Haruto ${family}`);
});

test("after a refusal the focus is on the summary, and the next Tab on its first link", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts/new`);
  await fillIn(page, { Email: "nobody" });
  await press(page, "Save");
  await expect(page.getByRole("alert")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Email", { exact: true })).toBeFocused();
});

test("every stop of the Tab key shows where it is", async ({ page, demo }) => {
  await page.goto(`/${demo.account}/contacts?kind=estate`);
  for (let stop = 0; stop < 25; stop++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    await expect(focused).toHaveCount(1);
    const outline = await focused.evaluate((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return { visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1, boxShadow };
    });
    const what = await focused.evaluate((element) => element.outerHTML.slice(0, 120));
    expect(outline.visible || outline.boxShadow !== "none", what).toBe(true);
  }
});

test("the menu of the person opens by Enter and its lines follow by Tab", async ({ page, demo }) => {
  await page.goto(`/${demo.account}`);
  await page.getByRole("banner").locator("summary", { hasText: "Tom Pemberton" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "You and your sign-in" })).toBeFocused();
});
