/** What people are told: behind the bell, by mail, and what the operator sees of mails. */
import { expect, type Page } from "@playwright/test";
import { heading, press } from "./forms";
import { germanCsv, importList } from "./imports";
import { caught } from "./mailed";
import { newFamilyName } from "./names";
import { as, test } from "./people";

/** A list of two rows, one of which cannot be stored, under a name of its own. */
async function importTwo(page: Page, account: string): Promise<{ fileName: string; run: string }> {
  const family = newFamilyName();
  const fileName = `Kunden ${family}.csv`;
  const rows = [
    ["Name", "E-Mail", "Telefon"],
    [`Jürgen ${family}`, `juergen@${family.toLowerCase()}.example`, "+49 30 23125 014"],
    [`Björn ${family}`, "bjoern at home", "siehe Büro"],
  ];
  return { fileName, run: await importList(page, account, germanCsv(fileName, rows)) };
}

const bell = (page: Page) => page.getByRole("banner").getByRole("link", { name: /^Notices/ });

test.describe("an administrator", () => {
  test.use(as("admin"));

  test("is told at the bell how an import ended, and puts the notice away", async ({ page, demo }) => {
    const { fileName, run } = await importTwo(page, demo.account);
    await expect(bell(page)).toHaveAccessibleName(/^Notices \d+\+? unread$/);
    await bell(page).click();
    await expect(heading(page)).toHaveText("Notices");
    const title = `The import of “${fileName}” is done, 1 row was refused`;
    const line = page.getByRole("row").filter({ hasText: title });
    await expect(line).toContainText("New");
    await expect(line.getByRole("link", { name: title })).toHaveAttribute("href", run);

    // Looking at it again has not read it.
    await page.reload();
    await expect(line).toContainText("New");
    await line.getByRole("button", { name: "Mark as read" }).click();
    await expect(line).toContainText("Read");
    await expect(line.getByRole("button")).toHaveCount(0);
    await line.getByRole("link", { name: title }).click();
    await expect(heading(page)).toContainText(fileName);
  });
});

test.describe("whoever wants notices by mail", () => {
  test.use(as("user"));

  test("gets one, with a link that leads to what it tells", async ({ page, demo }) => {
    const { fileName, run } = await importTwo(page, demo.account);
    const ours = async () => (await caught(demo.mail)).filter(({ subject }) => subject.includes(fileName));
    await expect.poll(async () => (await ours()).length, { timeout: 20_000 }).toBe(1);
    const [mail] = await ours();
    expect(mail?.to).toEqual([demo.users.user.email]);
    expect(mail?.subject).toBe(`The import of “${fileName}” is done, 1 row was refused`);
    expect(mail?.text).toContain(`See what happened:\n${demo.url}${run}\n`);
    expect(mail?.html).toContain(`href="${demo.url}${run}"`);

    await page.goto(demo.mail);
    await page.getByRole("link", { name: mail?.subject }).click();
    await expect(heading(page)).toHaveText(mail?.subject ?? "");
    await expect(page.frameLocator("iframe").getByRole("link", { name: "See what happened" })).toBeVisible();
    await page.getByRole("link", { name: run }).first().click();
    await expect(heading(page)).toContainText(fileName);
    await bell(page).click();
    await press(page, "Mark all as read");
    await expect(page.getByRole("row").filter({ hasText: fileName })).toContainText("Read");
  });
});

test.describe("the operator", () => {
  test.use(as("operator"));

  test("sees what was mailed and to whom, and nobody else does", async ({ page, browser, demo }) => {
    const user = await browser.newPage({ ...as("user"), baseURL: demo.url });
    const { fileName } = await importTwo(user, demo.account);
    await page.goto("/operator");
    await page.getByRole("link", { name: "All mail" }).click();
    await expect(heading(page)).toHaveText("Mail");
    const line = page.getByRole("row").filter({ hasText: fileName });
    await expect(async () => {
      await page.reload();
      await expect(line).toContainText("Sent", { timeout: 100 });
    }).toPass({ timeout: 20_000 });
    await expect(line).toContainText(demo.users.user.email);
    expect((await user.goto("/operator/mail"))?.status()).toBe(404);
    await user.close();
  });
});
