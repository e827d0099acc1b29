/** How much memory an import takes as its file grows: each size in a process of its own, so that each has its own peak. */
import { fork } from "node:child_process";
import { csvOf, importCsv } from "./import-rows";
import { type Bench, type BenchOptions, type Figure, figure } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { sampleContacts } from "~/testing/sample/sample-contacts";

/** Made in pieces, as the whole of a long file would itself be the peak. */
const PIECE_ROWS = 10_000;
const MB = 1_024 * 1_024;

interface Peak {
  rows: number;
  idleMb: number;
  peakMb: number;
}

export const importMemory: Bench = async (options) => {
  const [few, many] = options.quick ? [10_000, 60_000] : [100_000, 1_000_000];
  const small = await peakOf(options, few);
  const large = await peakOf(options, many);
  return {
    "import.memory": figure(large.peakMb / small.peakMb, `× the peak of ${rowsOf(few)}, at ${rowsOf(many)}`, 1.3),
    "import.memory.idle": aboveIdle(large),
  };
};

function aboveIdle({ rows, idleMb, peakMb }: Peak): Figure {
  return figure(Math.round(peakMb - idleMb), `MB above idle at ${rowsOf(rows)}`, 300);
}

function rowsOf(rows: number): string {
  return `${rows.toLocaleString("en-GB")} rows`;
}

async function peakOf(options: BenchOptions, rows: number): Promise<Peak> {
  options.say(`Importing ${rowsOf(rows)} on ${options.database} in a process of its own …`);
  const child = fork(new URL("./memory-child.ts", import.meta.url), [options.database, String(rows)], {
    execArgv: process.execArgv,
  });
  const peak = await new Promise<Peak>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Peak));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The import ended with code ${code}`)));
  });
  options.say(`idle ${Math.round(peak.idleMb)} MB, at most ${Math.round(peak.peakMb)} MB`);
  return peak;
}

/** In the child: the resident memory of the whole process, looked at ten times a second. */
export async function measurePeak(database: BenchOptions["database"], rows: number): Promise<Peak> {
  const { installation, close } = await openBenchWorld({ database });
  try {
    const scope = await openFirm(installation);
    // A short import first: whatever is loaded once is there then.
    await importCsv(installation, scope, csvOf(sampleContacts(PIECE_ROWS / 10, 1).contacts));
    const resident = () => process.memoryUsage.rss() / MB;
    const idleMb = resident();
    let peakMb = idleMb;
    const timer = setInterval(() => (peakMb = Math.max(peakMb, resident())), 100);
    await importCsv(installation, scope, pieces(rows));
    clearInterval(timer);
    return { rows, idleMb, peakMb };
  } finally {
    await close();
  }
}

function* pieces(rows: number): Generator<Buffer> {
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    const csv = csvOf(sampleContacts(Math.min(PIECE_ROWS, rows - start), 7 + start).contacts);
    // Only the first has the heading.
    yield start === 0 ? csv : csv.subarray(csv.indexOf("\n") + 1);
  }
}
