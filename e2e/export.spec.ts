/** A list goes out as a file and comes in again: asked for, made in the background, fetched by a link of one's own. */
import { readFile } from "node:fs/promises";
import { type Page } from "@playwright/test";
import { addContact } from "./contacts";
import { heading, press } from "./forms";
import { importAsRecognised, figures, upload } from "./imports";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

/** Without scripts it is the page's own `Refresh` header that shows the file. */
async function download(page: Page): Promise<Buffer> {
  const link = page
    .getByRole("row")
    .nth(1)
    .getByRole("link", { name: /^Download/ });
  await expect(link).toBeVisible({ timeout: 30_000 });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return readFile(await file.path());
}

test("a list is exported as it is shown, and imported again it changes nothing", async ({ page, demo }) => {
  const family = newFamilyName();
  for (const [given, phone] of [
    ["Ann", "020 7946 0311"],
    ["Zoë", "020 7946 0312"],
  ] as const) {
    const email = `${given === "Zoë" ? "zoe" : "ann"}@${family}.example`.toLowerCase();
    await addContact(page, demo.account, { "Given name": given, "Family name": family, Email: email, Phone: phone });
  }

  await test.step("from the list, with its columns and its order", async () => {
    await page.goto(`/${demo.account}/contacts?q=${family}&order=descending&columns=email,phone`);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("link", { name: "Export…" }).click();
    await expect(heading(page)).toHaveText("Export contacts");
    await expect(page.getByRole("main")).toContainText(`2 found for “${family}”.`);
    await expect(page.getByRole("main")).toContainText("Name, Email, Phone.");
    await press(page, "Export");
    await expect(heading(page)).toHaveText("Exports");
    const lines = String(await download(page)).split("\r\n");
    expect(lines[0]).toBe("Name,Email,Phone");
    expect(lines[1]).toContain(`"${family}, Zoë",zoe@`);
    expect(lines[2]).toContain(`"${family}, Ann",ann@`);
  });

  await test.step("everything, which an import finds unchanged", async () => {
    await page.goto(`/${demo.account}/contacts/export?q=${family}`);
    await page.getByRole("radio", { name: "CSV for Excel" }).check();
    await page.getByRole("radio", { name: "Everything" }).check();
    await press(page, "Export");
    const bytes = await download(page);
    await upload(page, demo.account, { name: "contacts.csv", bytes });
    await importAsRecognised(page);
    expect(await figures(page)).toMatchObject({ new: "0", changed: "0", refused: "0" });
  });

  await test.step("a link is for one person: nobody else's opens it, and none that was made up", async () => {
    await page.goto(`/${demo.account}/exports`);
    const href = await page
      .getByRole("link", { name: /^Download/ })
      .first()
      .getAttribute("href");
    await page.goto((href ?? "").replace(/signature=.{4}/, "signature=0000"));
    await expect(page.getByRole("main")).toContainText("That link to the file is no longer good.");
  });
});

test.describe("a viewer", () => {
  test.use(as("viewer"));

  test("is offered no export", async ({ page, demo }) => {
    await page.goto(`/${demo.account}/contacts`);
    await page.getByText("More", { exact: true }).click();
    await expect(page.getByRole("link", { name: "Export…" })).toHaveCount(0);
    expect((await page.goto(`/${demo.account}/exports`))?.status()).toBe(403);
  });
});
