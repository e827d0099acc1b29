/**
 * How long reading a connector takes beside what has to be done in any case: everything for the first time, beside reading
 * the same pages and writing the rows it ends in; everything once more when nothing has changed, beside reading alone; and
 * what has changed, beside the same in an account a hundredth the size.
 */
import { deserialize, serialize } from "node:v8";
import { type FinalRows, forThisFirm, readFinalRows, writeFinalRows } from "./final-rows";
import { countsOf } from "./import-rows";
import { type Bench, type BenchOptions, figure, median, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { type BenchSource, connectGoogle, readBare, startSource, sync } from "./sync-source";
import { analyse } from "./fill";

const CHANGED = 100;
const ROUNDS = 5;

export const syncs: Bench = async (options) => {
  const count = options.quick ? 5_000 : 100_000;
  const source = await startSource(count);
  try {
    const large = await timedSyncs(options, source, count);
    const writingMs = await timedWriting(options, large.rows);
    const smallMs = await timedChanges(options, Math.max(count / 100, CHANGED * 5));
    const told = { ...large, rows: undefined, writingMs, smallMs };
    for (const [name, value] of Object.entries(told)) {
      if (value !== undefined) options.say(`${name} ${typeof value === "number" ? Math.round(value) : value}`);
    }
    return {
      "sync.first": figure(large.firstMs / (large.bareMs + writingMs), "× reading and writing the same", 3),
      "sync.again": figure(large.againMs / large.bareMs, "× the bare reading", 1.5),
      "sync.delta": figure(large.changesMs / smallMs, "× the same with a hundredth of the contacts", 1.5),
    };
  } finally {
    source.close();
  }
};

async function timedSyncs(options: BenchOptions, source: BenchSource, count: number) {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    const connectorId = await connectGoogle(scope, source);
    const once = (mode: "whole" | "changes") => sync(installation, scope, connectorId, { ...source, mode });
    options.say(`Reading ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    const bare = (mode: "whole" | "changes") => readBare(scope, { ...source, mode }, connectorId);
    // The stand-in has every page ready after the first time.
    await bare("whole");
    let runId = "";
    const firstMs = await timed(async () => {
      runId = await once("whole");
    });
    const counts = JSON.stringify(await countsOf(scope, runId));
    // Outside the heap: with a million objects in it, what is measured next would be how long these take to be looked through.
    const rows = serialize(await readFinalRows(scope, runId));
    if (options.database === "postgres") await analyse(scope);
    const [bareMs = NaN, againMs = NaN] = await mediansInTurn(
      () => bare("whole"),
      () => once("whole"),
    );
    const changesMs = await medianOfChanges(source, { ready: () => bare("changes"), once: () => once("changes") });
    return { bareMs, firstMs, againMs, changesMs, counts, rows };
  } finally {
    await close();
  }
}

/** By turns, so that what else the machine does falls on both. */
async function mediansInTurn(...works: (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, work] of works.entries()) times[index]?.push(await timed(work));
  }
  return times.map(median);
}

/** `ready`: so that the stand-in need not look for what has changed while it is timed, be there many contacts or few. */
async function medianOfChanges(
  source: BenchSource,
  { ready, once }: { ready: () => Promise<unknown>; once: () => Promise<unknown> },
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await source.tell({ change: CHANGED });
    await ready();
    times.push(await timed(once));
  }
  return median(times);
}

async function timedChanges(options: BenchOptions, count: number): Promise<number> {
  const source = await startSource(count);
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    const connectorId = await connectGoogle(scope, source);
    await sync(installation, scope, connectorId, { ...source, mode: "whole" });
    if (options.database === "postgres") await analyse(scope);
    const mode = "changes";
    return await medianOfChanges(source, {
      ready: () => readBare(scope, { ...source, mode }, connectorId),
      once: () => sync(installation, scope, connectorId, { ...source, mode }),
    });
  } finally {
    await close();
    source.close();
  }
}

async function timedWriting(options: BenchOptions, kept: Buffer): Promise<number> {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    const rows = deserialize(kept) as FinalRows;
    forThisFirm(scope, rows);
    return await timed(() => writeFinalRows(scope, rows));
  } finally {
    await close();
  }
}
