/** How much longer an import takes than writing the rows it ends in, ready in memory. */
import { forThisFirm, type FinalRows, readFinalRows, writeFinalRows } from "./final-rows";
import { countsOf, csvOf, importCsv as importOf, rateOf } from "./import-rows";
import { type Bench, type BenchOptions, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { sampleContacts } from "~/testing/sample/sample-contacts";

export const importCsv: Bench = async (options) => {
  const count = options.quick ? 9_000 : 100_000;
  const csv = csvOf(sampleContacts(count, 7).contacts);
  options.say(`Importing ${count.toLocaleString("en-GB")} rows on ${options.database} …`);
  const imported = await timedImport(options, csv);
  const writingMs = await timedWriting(options, imported.rows);
  const [ours, bare] = [rateOf(count, imported.ms), rateOf(count, writingMs)];
  options.say(`import ${ours}, writing the same rows ${bare}; ${imported.counts}`);
  return { "import.csv": figure(imported.ms / writingMs, "× writing the same final rows", 2.5) };
};

async function timedImport(options: BenchOptions, csv: Buffer) {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    let runId = "";
    const ms = await timed(async () => {
      runId = await importOf(installation, scope, csv);
    });
    return { ms, counts: JSON.stringify(await countsOf(scope, runId)), rows: await readFinalRows(scope, runId) };
  } finally {
    await close();
  }
}

async function timedWriting(options: BenchOptions, rows: FinalRows): Promise<number> {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    forThisFirm(scope, rows);
    return await timed(() => writeFinalRows(scope, rows));
  } finally {
    await close();
  }
}
