/** How much memory an import takes as its rows grow: each size in a process of its own, so that each has its own peak. */
import { createReadStream } from "node:fs";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvOf, importCsv } from "./import-rows";
import { type Bench, type BenchOptions, type Figure, figure } from "./measure";
import { type Peak, peakOfChild, watchPeak } from "./peak";
import { openBenchWorld, openFirm } from "./site";
import { sampleContacts } from "~/testing/sample/sample-contacts";

/** No file may have more than 50 MB: a million rows are several, one after the other. */
const FILE_ROWS = 200_000;
const PIECE_ROWS = 10_000;

export const importMemory: Bench = async (options) => {
  const [few, many] = options.quick ? [20_000, 60_000] : [100_000, 1_000_000];
  const small = await peakOf(options, few);
  const large = await peakOf(options, many);
  return {
    "import.memory": figure(large.peakMb / small.peakMb, `× the peak of ${rowsOf(few)}, at ${rowsOf(many)}`, 1.3),
    "import.memory.idle": aboveIdle(large, many),
  };
};

function aboveIdle({ idleMb, peakMb }: Peak, rows: number): Figure {
  return figure(Math.round(peakMb - idleMb), `MB above idle at ${rowsOf(rows)}`, 300);
}

function rowsOf(rows: number): string {
  return `${rows.toLocaleString("en-GB")} rows`;
}

async function peakOf(options: BenchOptions, rows: number): Promise<Peak> {
  const folder = await mkdtemp(join(tmpdir(), "tallybook-bench-"));
  try {
    const files = await writeFiles(folder, rows);
    options.say(`Importing ${rowsOf(rows)} on ${options.database} in a process of its own …`);
    const peak = await peakOfChild(new URL("./memory-child.ts", import.meta.url), [options.database, ...files]);
    options.say(`idle ${Math.round(peak.idleMb)} MB, at most ${Math.round(peak.peakMb)} MB`);
    return peak;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Made here and in pieces, so that the making is no part of what is measured. */
async function writeFiles(folder: string, rows: number): Promise<string[]> {
  const files: string[] = [];
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    const isFirst = start % FILE_ROWS === 0;
    if (isFirst) files.push(join(folder, `clients-${files.length + 1}.csv`));
    const csv = csvOf(sampleContacts(Math.min(PIECE_ROWS, rows - start), 7 + start).contacts);
    await appendFile(files.at(-1) ?? "", isFirst ? csv : csv.subarray(csv.indexOf("\n") + 1));
  }
  return files;
}

/** In the child. */
export async function measurePeak(database: BenchOptions["database"], files: readonly string[]): Promise<Peak> {
  const { installation, close } = await openBenchWorld({ database });
  try {
    const scope = await openFirm(installation);
    // A short import first: what is loaded once is there then.
    await importCsv(installation, scope, csvOf(sampleContacts(1_000, 1).contacts));
    return await watchPeak(async () => {
      for (const file of files) await importCsv(installation, scope, createReadStream(file));
    });
  } finally {
    await close();
  }
}
