/** How much longer an export takes than writing the same cells, ready in memory, with nothing but the library. */
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify";
import exceljs from "exceljs";
import { fillContacts } from "./fill";
import { type Bench, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { askForExport, findExport } from "~/features/contacts/export/exports.server";
import { makeExport } from "~/features/contacts/export/make-export.server";
import { readView } from "~/features/contacts/list/contact-list";
import { readFile } from "~/platform/files.server";
import { type Scope } from "~/platform/scope.server";

export const exports: Bench = async (options) => {
  const count = options.quick ? 20_000 : 100_000;
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    await fillContacts(scope, count);
    const csv = await timedExport(scope, "csv");
    const cells = parse(csv.bytes, { bom: true });
    const bareCsv = await timed(() => drained(stringify(cells, { record_delimiter: "\r\n" })));
    const rate = (ms: number) => `${Math.round(count / (ms / 1_000)).toLocaleString("en-GB")} rows/s`;
    options.say(`csv ${rate(csv.ms)}, bare csv-stringify ${rate(bareCsv)}, ${cells[0]?.length} columns`);
    const xlsx = await timedExport(scope, "xlsx");
    const bareXlsx = await timed(() => writeBare(cells));
    options.say(`xlsx ${rate(xlsx.ms)}, bare exceljs ${rate(bareXlsx)}, peak ${xlsx.peakMb} MB`);
    return {
      "export.csv": figure(csv.ms / bareCsv, "× bare csv-stringify of the same cells", 2),
      "export.xlsx": figure(xlsx.ms / bareXlsx, "× bare exceljs streaming of the same cells", 1.5),
    };
  } finally {
    await close();
  }
};

/** From the asking to the file: all columns, stored in the database. */
async function timedExport(scope: Scope, format: "csv" | "xlsx") {
  let exportId = "";
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  const ms = await timed(async () => {
    const asked = await askForExport(scope, readView(new URLSearchParams()), { format, columns: "everything" });
    if (!asked.ok) throw new Error(asked.reason);
    exportId = asked.exportId;
    await makeExport(scope, exportId, new AbortController().signal);
  });
  clearInterval(watch);
  const parts: Uint8Array[] = [];
  const fileId = (await findExport(scope, exportId))?.fileId ?? "";
  for await (const bytes of readFile(scope, fileId)) parts.push(bytes);
  return { ms, bytes: Buffer.concat(parts), peakMb: Math.round(peak / 1024 / 1024) };
}

async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

async function writeBare(rows: readonly string[][]): Promise<void> {
  const out = new PassThrough();
  out.resume();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out });
  const sheet = book.addWorksheet("Contacts");
  for (const [place, cells] of rows.entries()) {
    sheet.addRow(cells.map((text) => text || null)).commit();
    // As it must be used, or all of it would wait in memory.
    const [pipe] = (sheet as unknown as { stream: { pipes: PassThrough[] } }).stream.pipes;
    if (place % 500 === 0 && pipe?.writableNeedDrain) await once(pipe, "drain");
  }
  await book.commit();
}
