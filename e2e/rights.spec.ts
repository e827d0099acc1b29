/** Who sees what, and who may do what. */
import { randomUUID } from "node:crypto";
import { type APIResponse, type Page } from "@playwright/test";
import { addContact, rows } from "./contacts";
import { heading } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

/** Posts as a form on one of our own pages would. */
function post(page: Page, origin: string, path: string, form: Record<string, string> = {}): Promise<APIResponse> {
  return page.request.post(path, { form, headers: { origin, "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
}

/** A page's status and bytes, without what differs from one answer to the next. */
async function answerOf(page: Page, path: string): Promise<{ status: number; html: string }> {
  const answer = await page.goto(path);
  const html = (await answer?.text()) ?? "";
  return {
    status: answer?.status() ?? 0,
    html: html.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "").replace(/nonce="[^"]*"/g, ""),
  };
}

test.describe("a viewer", () => {
  test.use(as("viewer"));

  test("sees contacts but no button that changes one", async ({ page, demo }) => {
    await page.goto(`/${demo.account}/contacts`);
    await expect(rows(page)).toHaveCount(50);
    for (const name of ["New contact", "Import"])
      await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toHaveCount(0);
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);

    await rows(page).first().getByRole("link").click();
    await expect(page.getByRole("heading", { name: "How to reach them" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("link", { name: /^(Edit|Add)$/ })).toHaveCount(0);
  });

  test("is refused by the server, whatever is sent and asked for", async ({ page, demo }) => {
    await page.goto(`/${demo.account}/contacts`);
    await rows(page).first().getByRole("link").click();
    const contact = new URL(page.url()).pathname;
    const name = await heading(page).innerText();
    const changes = [
      `/${demo.account}/contacts/new`,
      `/${demo.account}/contacts/archival`,
      `/${demo.account}/contacts/import`,
      `/${demo.account}/settings`,
      `${contact}/edit`,
      `${contact}/archival`,
      `${contact}/restoration`,
      `${contact}/unpinning/name`,
      `${contact}/relationships/new`,
      `${contact}/relationships/${randomUUID()}/removal`,
    ];
    for (const path of changes) {
      const answer = await post(page, demo.url, path, { givenName: "Mallory", kind: "individual" });
      expect(answer.status(), path).toBe(403);
    }
    for (const path of ["contacts/new", "contacts/import", "settings"]) {
      expect((await page.goto(`/${demo.account}/${path}`))?.status(), path).toBe(403);
      await expect(heading(page)).toHaveText("You may not do that");
    }
    await page.goto(contact);
    await expect(heading(page)).toHaveText(name);
  });

  test("knows nothing of an account without a place there", async ({ page, demo }) => {
    const theirs = await answerOf(page, `/${demo.otherAccount}/contacts`);
    expect(theirs.status).toBe(404);
    expect(theirs).toEqual(await answerOf(page, "/no-such-account/contacts"));
  });
});

test.describe("somebody with two accounts", () => {
  test.use(as("admin"));

  test("changes over by the menu, and each account has its own contacts", async ({ page, demo }) => {
    const family = newFamilyName();
    const contact = await addContact(page, demo.account, { "Given name": "Amélie", "Family name": family });
    await page.getByRole("banner").locator("summary", { hasText: "Ann Okafor" }).click();
    await page.getByRole("list", { name: "Your accounts" }).getByRole("link", { name: "Kiln Row Studio" }).click();
    await expect(page).toHaveURL(`/${demo.otherAccount}`);
    await expect(heading(page)).toHaveText("Kiln Row Studio");

    await page.goto(`/${demo.otherAccount}/contacts?q=${family}`);
    await expect(page.getByText("0 found")).toBeVisible();
    const id = contact.split("/").at(-1) ?? "";
    for (const path of [`contacts/${id}`, `contacts/${id}/edit`, `contacts/${id}/relationships/new`]) {
      const theirs = await answerOf(page, `/${demo.otherAccount}/${path}`);
      expect(theirs.status, path).toBe(404);
      expect(theirs).toEqual(await answerOf(page, `/${demo.otherAccount}/${path.replace(id, randomUUID())}`));
    }
    expect((await post(page, demo.url, `/${demo.otherAccount}/contacts/${id}/archival`)).status()).toBe(404);
    expect((await page.goto(contact))?.status()).toBe(200);
    await expect(page.getByRole("main")).not.toContainText("Archived");
  });

  test("chooses between them at the start", async ({ page }) => {
    await page.goto("/");
    await expect(heading(page)).toHaveText("Which account?");
    await page.getByRole("link", { name: "Kiln Row Studio" }).click();
    await expect(heading(page)).toHaveText("Kiln Row Studio");
  });
});

test("nobody sees anything before signing in, and is led back afterwards", async ({ page, demo }) => {
  for (const path of ["contacts", "work", "settings", `contacts/${randomUUID()}`]) {
    await page.goto(`/${demo.account}/${path}`);
    await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(`/${demo.account}/${path}`)}`);
  }
});
