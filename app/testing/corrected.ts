/** Refused rows as somebody fetches them, corrects them and sends them again. */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import exceljs from "exceljs";
import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import {
  type RefusedFile,
  refusedRowsCsv,
  refusedRowsXlsx,
} from "~/features/pipeline/corrections/refused-files.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { testClock } from "~/testing/given";

export type Sheet = string[][];

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 4_000) yield await Promise.resolve(bytes.subarray(at, at + 4_000));
}

export function upload(scope: Scope, content: string | Buffer, name = "clients-2026.csv") {
  const bytes = pieces(Buffer.from(content as string));
  return uploadFile(scope, contactSubject, { name, mediaType: "text/csv", bytes });
}

/** Uploads and starts an import, some time after whatever was imported before; its id and whose clock it goes by. */
export async function started(scope: Scope, content: string | Buffer, name?: string) {
  const then = { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
  const uploaded = await upload(then, content, name);
  if (!uploaded.ok) throw new Error(uploaded.reason);
  await startRun(then, uploaded.runId);
  return { runId: uploaded.runId, scope: then };
}

export async function imported(scope: Scope, content: string | Buffer, name?: string) {
  const { runId, scope: then } = await started(scope, content, name);
  return { ...(await carriedOut(then, runId)), scope: then };
}

/** Carries a started run out; its numbers add up. */
export async function carriedOut(scope: Scope, runId: string) {
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  const { read, created, changed, same, refused } = run.counts;
  if (created + changed + same + refused !== read) throw new Error("The counts of the run do not add up");
  return run;
}

export async function bytesOf(file: RefusedFile | null): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of file?.bytes ?? []) all.push(piece);
  return Buffer.concat(all);
}

/** The refused rows of a run as a table, the heading first. */
export async function refusedSheet(scope: Scope, runId: string): Promise<Sheet> {
  const text = await bytesOf(await refusedRowsCsv(scope, runId));
  return parse(text, { bom: true, relax_column_count: true });
}

export const csvOf = (sheet: Sheet): string => stringify(sheet);

/** Types a value into the rows of a sheet, by the name of its column. */
export function typed(sheet: Sheet, column: string, value: (row: string[], index: number) => string): Sheet {
  const [heading = [], ...rows] = sheet;
  const at = heading.indexOf(column);
  return [heading, ...rows.map((row, index) => row.with(at, value(row, index)))];
}

export async function refusedWorkbook(scope: Scope, runId: string): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  const bytes = await bytesOf(await refusedRowsXlsx(scope, runId));
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return workbook;
}
