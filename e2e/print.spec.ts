/** What goes out of the house on paper or onto a phone: the links are where the contact is, and each gives what it says. */
import { type APIResponse } from "@playwright/test";
import { textOfPdf } from "../app/testing/text-of-pdf";
import { addContact } from "./contacts";
import { fillIn, heading, press } from "./forms";
import { newFamilyName } from "./names";
import { as, expect, test } from "./people";

test.use(as("user"));

/** Nobody else has this email, or the form would ask whether they are the same. */
const folasade = (family: string) => ({
  "Given name": "Folasade",
  "Family name": family,
  Email: `folasade@${family}.example`.toLowerCase(),
  Street: "14 Kiln Row",
  "Town or city": "London",
  Postcode: "E8 4QN",
  Notes: "Prefers letters.",
});

async function pdfText(answer: APIResponse): Promise<string> {
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  return (await textOfPdf(await answer.body())).replace(/\s+/g, " ");
}

test("a contact's sheet is a page and a PDF with the same facts", async ({ page, demo }) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, folasade(family));
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "Contact sheet" }).click();
  await expect(heading(page)).toHaveText("Contact sheet");
  const sheet = page.getByRole("article");
  for (const said of [
    `Folasade ${family}`,
    `folasade@${family}.example`.toLowerCase(),
    "14 Kiln Row, London, E8 4QN",
    "Prefers letters.",
  ]) {
    await expect(sheet).toContainText(said);
  }
  await expect(sheet).toContainText("by Tom Pemberton");
  await expect(page.getByRole("link", { name: "PDF" })).toHaveAttribute("href", `${contact}/sheet.pdf`);
  const text = await pdfText(await page.request.get(`${contact}/sheet.pdf`));
  for (const said of [`Folasade ${family}`, "14 Kiln Row, London, E8 4QN", "Page 1 of 1"]) expect(text).toContain(said);
});

test("a list is printed as it is narrowed", async ({ page, demo }) => {
  const family = newFamilyName();
  await addContact(page, demo.account, { "Given name": "Ann", "Family name": family });
  await addContact(page, demo.account, { "Given name": "Zoë", "Family name": family });
  await page.goto(`/${demo.account}/contacts?q=${family}&order=descending`);
  await page.getByText("More", { exact: true }).click();
  const href = await page.getByRole("link", { name: "List as PDF" }).getAttribute("href");
  const text = await pdfText(await page.request.get(href ?? ""));
  expect(text).toContain(`2 found for “${family}”.`);
  expect(text.indexOf(`${family}, Zoë`)).toBeLessThan(text.indexOf(`${family}, Ann`));
});

test("a vCard and a QR code go onto a phone", async ({ page, demo }) => {
  const family = newFamilyName();
  const contact = await addContact(page, demo.account, folasade(family));
  const answer = await page.request.get(`${contact}/contact.vcf`);
  expect(answer.headers()["content-type"]).toBe("text/vcard; charset=utf-8");
  expect(answer.headers()["content-disposition"]).toContain(`attachment; filename="Folasade ${family}.vcf"`);
  expect(await answer.text()).toContain(`\r\nN:${family};Folasade;;;\r\n`);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "QR code" }).click();
  const code = page.getByRole("img", { name: `QR code with the contact Folasade ${family}` });
  expect(await code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("an address is put on an envelope, and on the labels that are left on a sheet", async ({ page, demo }) => {
  const family = newFamilyName();
  await addContact(page, demo.account, folasade(family));
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("link", { name: "Envelope or label" }).click();
  await page.getByLabel("On", { exact: true }).selectOption("Avery L7160 and J8160, 21 on A4");
  await press(page, "Show");
  await fillIn(page, { "First row": "7", "First column": "2", "How many": "9" });
  await press(page, "Show");
  await expect(page.getByLabel("How many")).toHaveValue("2");
  await expect(page.locator("address")).toHaveCount(2);
  const href = await page.getByRole("link", { name: "PDF" }).getAttribute("href");
  const text = await pdfText(await page.request.get(href ?? ""));
  expect(text.match(new RegExp(`Folasade ${family} 14 Kiln Row London E8 4QN`, "g"))).toHaveLength(2);
});

test("it installs: a manifest with icons that are there", async ({ page }) => {
  await page.goto("/");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = (await (await page.request.get(href ?? "")).json()) as {
    icons: { src: string }[];
    start_url: string;
  };
  expect(manifest.start_url).toBe("/");
  for (const { src } of manifest.icons) expect((await page.request.get(src)).status(), src).toBe(200);
});
