/** What a person does to bring a list in, page by page. */
import { expect, type Page } from "@playwright/test";
import { heading, press } from "./forms";

interface Upload {
  name: string;
  bytes: Buffer;
}

/** A list as an office in Germany saves it from a spreadsheet: semicolons, Windows-1252. */
export function germanCsv(name: string, lines: string[][]): Upload {
  const text = lines.map((cells) => cells.join(";")).join("\r\n");
  // Within what is written here Windows-1252 is Latin 1.
  return { name, bytes: Buffer.from(text, "latin1") };
}

/** Chooses the file and sends it: the status of the answer. `of`: what it has, where that is not contacts. */
export async function upload(page: Page, account: string, file: Upload, of = "contacts"): Promise<number> {
  await page.goto(`/${account}/contacts/import${of === "contacts" ? "" : `?of=${of}`}`);
  await page.getByLabel("CSV file").setInputFiles({ name: file.name, mimeType: "text/csv", buffer: file.bytes });
  return press(page, "Upload and go on");
}

/** From the columns, taken as they are guessed, to the end of the import; the address of its page. */
export async function importAsGuessed(page: Page): Promise<string> {
  await press(page, "Go on to the check");
  return importAsRecognised(page);
}

/** From the check, to which a file that is known leads at once. */
export async function importAsRecognised(page: Page): Promise<string> {
  await press(page, "Import all rows");
  await untilDone(page);
  return new URL(page.url()).pathname;
}

/** Without scripts it is the page's own `Refresh` header that shows the end. */
export async function untilDone(page: Page) {
  await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible({ timeout: 30_000 });
}

/** The figures of a finished import: "new" → "3". */
export async function figures(page: Page): Promise<Record<string, string>> {
  const shown = page.locator(".figures");
  const [labels, values] = [await shown.locator("dt").allInnerTexts(), await shown.locator("dd").allInnerTexts()];
  return Object.fromEntries(labels.map((label, place) => [label.toLowerCase(), values[place] ?? ""]));
}

/** A small list imported in one go; the address of its page. */
export async function importList(page: Page, account: string, file: Upload): Promise<string> {
  await upload(page, account, file);
  await expect(heading(page)).toHaveText(`Import “${file.name}”`);
  return importAsGuessed(page);
}
