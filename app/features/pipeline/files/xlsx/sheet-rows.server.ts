import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { type SourceFile, type SourceRow } from "~/features/pipeline/files/source-row";
import { type Said, type SheetNames, type Task } from "~/features/pipeline/files/xlsx/talk";

/**
 * Reads workbooks (XLSX) in a thread of their own, with a limit of memory and time. It asks for the bytes it needs, so
 * that neither side holds the file, and nothing is put on the disk.
 */

/** Of JavaScript; texts that cells share are kept beside it, and are bounded by what a workbook may unpack to. */
const THREAD_MEGABYTES = 256;
/** The longest that the thread may take until it says something. */
const SILENCE_SECONDS = 60;
/** The longest that a look at a workbook may take in all, for which somebody waits at an upload. */
export const LOOK_SECONDS = 60;

const TOO_DEMANDING =
  "This workbook takes too much to read. Copy the list alone into a new workbook, or save it as CSV, and upload that file.";

/** The rows of a sheet with anything in them. `seconds`: for all of it. @throws FileProblem */
export async function* readSheetRows(file: SourceFile, sheet: string, seconds = Infinity): AsyncGenerator<SourceRow> {
  for await (const said of hear(file, { task: "rows", sheet }, seconds)) if (said.kind === "rows") yield* said.rows;
}

/** @throws FileProblem */
export async function listSheets(file: SourceFile, seconds = LOOK_SECONDS): Promise<SheetNames> {
  for await (const said of hear(file, { task: "sheets" }, seconds)) if (said.kind === "sheets") return said.sheets;
  throw new Error("The thread that reads workbooks ended without a word");
}

async function* hear(file: SourceFile, task: Task, seconds: number): AsyncGenerator<Said> {
  const thread = await startThread(task, seconds);
  try {
    for (;;) {
      const said = await thread.next();
      if (said.kind === "end") return;
      if (said.kind === "problem") throw new FileProblem(said.message);
      if (said.kind === "size") thread.answer(await file.size());
      else if (said.kind === "read") thread.answer(await bytesOf(file, said));
      else {
        yield said;
        thread.answer(null);
      }
    }
  } finally {
    await thread.stop();
  }
}

async function bytesOf(file: SourceFile, { offset, length }: { offset: number; length: number }): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let left = length;
  if (left > 0) {
    for await (const piece of file.read(offset)) {
      pieces.push(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) break;
    }
  }
  return Buffer.concat(pieces);
}

async function startThread(task: Task, seconds: number) {
  const { program, ...options } = await threadProgram();
  const worker = new Worker(program, {
    ...options,
    workerData: task,
    // It needs nothing from there, and secrets least of all.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES },
  });
  const end = performance.now() + seconds * 1000;
  const outcomes: (Said | Error)[] = [];
  let wake = () => {};
  const put = (outcome: Said | Error) => {
    outcomes.push(outcome);
    wake();
  };
  worker.on("message", put);
  worker.on("error", (error: Error & { code?: string }) => {
    put(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new FileProblem(TOO_DEMANDING, { cause: error }) : error);
  });
  worker.on("exit", () => put(new Error("The thread that reads workbooks has ended")));
  return {
    async next(): Promise<Said> {
      const left = Math.min(SILENCE_SECONDS * 1000, end - performance.now());
      if (left <= 0) throw new FileProblem(TOO_DEMANDING);
      if (outcomes.length === 0) {
        const timer = setTimeout(() => put(new FileProblem(TOO_DEMANDING)), left);
        await new Promise<void>((resolve) => (wake = resolve));
        clearTimeout(timer);
      }
      const outcome = outcomes.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome as Said;
    },
    answer: (answer: unknown) => worker.postMessage(answer),
    stop: () => worker.terminate(),
  };
}

interface ThreadProgram {
  program: string;
  /** Whether `program` is the program itself, not where it stands. */
  eval: boolean;
}

let known: Promise<ThreadProgram> | null = null;

/** Once built (`scripts/build.ts`) it stands in a folder above; before, a thread could not read TypeScript, and gets it built. */
function threadProgram(): Promise<ThreadProgram> {
  known ??= import.meta.url.endsWith(".ts") ? fromSource() : Promise.resolve(asBuilt());
  return known;
}

async function fromSource(): Promise<ThreadProgram> {
  const { build } = await import("esbuild");
  const source = join(dirname(fileURLToPath(import.meta.url)), "workbook-thread.ts");
  const options = {
    bundle: true,
    platform: "node",
    packages: "external",
    target: "node20",
    logLevel: "silent",
  } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [source], format: "cjs", write: false });
  return { program: outputFiles[0]?.text ?? "", eval: true };
}

function asBuilt(): ThreadProgram {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "workbook-thread.js"))) {
    if (folder === dirname(folder)) throw new Error("The program of the thread that reads workbooks is not there");
    folder = dirname(folder);
  }
  return { program: join(folder, "workbook-thread.js"), eval: false };
}
