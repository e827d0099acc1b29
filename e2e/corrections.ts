/** What somebody does with a workbook of refused rows: opens it, types, and saves it. */
import { type Page } from "@playwright/test";
import exceljs from "exceljs";
import { readFile } from "node:fs/promises";
import { type ClientList } from "./files/client-list";

/** The refused rows of the import whose page is open, as a workbook. */
export async function fetchRefused(page: Page): Promise<{ name: string; workbook: exceljs.Workbook }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as Excel workbook" }).click();
  const download = await waiting;
  const bytes = await readFile(await download.path());
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return { name: download.suggestedFilename(), workbook };
}

/** Types what was meant into each row, and saves. */
export async function correct(workbook: exceljs.Workbook, { corrections }: ClientList): Promise<Buffer> {
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error("The workbook has no sheet");
  const columns = (sheet.getRow(1).values as string[]).map(String);
  const at = (name: string) => columns.indexOf(name);
  sheet.eachRow((row, line) => {
    const slip = line === 1 ? undefined : corrections.get(row.getCell(at("Surname")).text);
    if (slip) row.getCell(at(slip.column)).value = slip.meant || null;
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
