/** What every page has in common, seen from a browser. */
import { expect, test } from "@playwright/test";
import { theDemo } from "./demo";

test.use({ baseURL: async ({}, use) => use(theDemo().url) });

test("a page breaks none of its own rules: no console error, no script, one heading", async ({
  page,
  javaScriptEnabled,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const answer = await page.goto("/");
  expect(answer?.status()).toBeLessThan(400);
  await expect(page.locator("h1")).toHaveCount(1);
  expect(await page.locator("script").count()).toBe(0);
  if (javaScriptEnabled) expect(complaints).toEqual([]);
});

test("an unknown address is a plain page with a reference", async ({ page }) => {
  const answer = await page.goto("/no/such/page/anywhere");
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle("There is nothing here · Tallybook");
  await expect(page.locator("main")).toContainText(answer?.headers()["x-request-id"] ?? "missing");
});

test("a form on another site cannot post to us", async ({ page, baseURL }) => {
  await page.route("https://elsewhere.test/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${baseURL}/"><button>Win a prize</button></form>`,
    }),
  );
  await page.goto("https://elsewhere.test/");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.getByRole("button").click(),
  ]);
  expect(answer.status()).toBe(403);
  await expect(page.locator("h1")).toHaveText("You may not do that");
});
