/** The thread in which a workbook is unpacked and read: what goes wrong there, or grows too large, harms nobody else. */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { type SourceRow } from "~/features/pipeline/files/source-row";
import { readSheet } from "~/features/pipeline/files/xlsx/sheet";
import { type Said, type SheetNames, type Task } from "~/features/pipeline/files/xlsx/talk";
import { openWorkbook, type Workbook } from "~/features/pipeline/files/xlsx/workbook";
import { type ReadAt } from "~/features/pipeline/files/xlsx/zip-directory";
import { unpack } from "~/features/pipeline/files/xlsx/zip-part";

const ROWS_AT_ONCE = 300;

const port = parentPort;
if (!port) throw new Error("This is a thread, not a program");

let before: Promise<unknown> = Promise.resolve();

/** One question after the other: what is unpacked reads ahead while rows wait to be taken. */
function ask(said: Said): Promise<unknown> {
  const answer = before.then(async () => {
    port?.postMessage(said);
    const [answer] = (await once(port as NonNullable<typeof port>, "message")) as unknown[];
    return answer;
  });
  before = answer;
  return answer;
}

const readAt: ReadAt = async (offset, length) =>
  Buffer.from((await ask({ kind: "read", offset, length })) as Uint8Array);

async function sendRows(workbook: Workbook, name: string): Promise<void> {
  const sheet = workbook.sheets.find((sheet) => sheet.name === name);
  if (!sheet) throw new FileProblem(`The workbook has no sheet called “${name}”.`);
  let waiting: SourceRow[] = [];
  let taken: Promise<unknown> = Promise.resolve();
  for await (const rows of readSheet(unpack(sheet.entry, readAt), workbook)) {
    waiting.push(...rows);
    if (waiting.length < ROWS_AT_ONCE) continue;
    // While some rows are worked on, the next are read; not those after them.
    await taken;
    taken = ask({ kind: "rows", rows: waiting });
    waiting = [];
  }
  await taken;
  if (waiting.length > 0) await ask({ kind: "rows", rows: waiting });
}

/** Where the second row with anything in it stands further down, it is looked for no longer. */
const SURVEYED_PIECES = 160;

/** A sheet with one row alone is a title page, unless there is no other. */
async function sheetNames(workbook: Workbook): Promise<SheetNames> {
  const names = workbook.sheets.map(({ name }) => name);
  let first: string | null = null;
  for (const { name, entry } of workbook.sheets.filter(({ hidden }) => !hidden)) {
    let rows = 0;
    let pieces = 0;
    for await (const found of readSheet(unpack(entry, readAt), workbook)) {
      rows += found.length;
      if (rows > 1) return { names, first: name };
      if (++pieces >= SURVEYED_PIECES) break;
    }
    if (rows > 0 || pieces >= SURVEYED_PIECES) first ??= name;
  }
  return { names, first };
}

async function work(task: Task): Promise<Said> {
  const workbook = await openWorkbook((await ask({ kind: "size" })) as number, readAt);
  if (task.task === "sheets") return { kind: "sheets", sheets: await sheetNames(workbook) };
  await sendRows(workbook, task.sheet);
  return { kind: "end" };
}

function problem(error: unknown): Said {
  if (error instanceof FileProblem) return { kind: "problem", message: error.message };
  throw error;
}

function finish(said: Said): void {
  port?.postMessage(said);
  // Nothing more is to be heard, so that the thread ends.
  port?.close();
}

// What is thrown on ends the thread with an error, which is heard where it was started.
void work(workerData as Task)
  .catch(problem)
  .then(finish);
