/** How much memory reading a connector takes as its contacts grow: everything, everything once more, and what has changed. */
import { type Bench, type BenchOptions, figure } from "./measure";
import { type Peak, peakOfChild, watchPeak } from "./peak";
import { openBenchWorld, openFirm } from "./site";
import { connectGoogle, startSource, sync } from "./sync-source";

export const syncMemory: Bench = async (options) => {
  const [few, many] = options.quick ? [2_000, 6_000] : [20_000, 100_000];
  const small = await peakOf(options, few);
  const large = await peakOf(options, many);
  const unit = `× the peak of ${few.toLocaleString("en-GB")} contacts, at ${many.toLocaleString("en-GB")}`;
  return {
    "sync.memory": figure(large.peakMb / small.peakMb, unit, 1.3),
    "sync.memory.idle": figure(Math.round(large.peakMb - large.idleMb), "MB above idle", 300),
  };
};

async function peakOf({ database, say }: BenchOptions, contacts: number): Promise<Peak> {
  const peak = await peakOfChild(new URL("./sync-memory-child.ts", import.meta.url), [database, String(contacts)]);
  say(`${contacts} contacts: idle ${Math.round(peak.idleMb)} MB, at most ${Math.round(peak.peakMb)} MB`);
  return peak;
}

/** In the child. */
export async function measurePeak(database: BenchOptions["database"], contacts: number): Promise<Peak> {
  const { installation, close } = await openBenchWorld({ database });
  const sources = [await startSource(500), await startSource(contacts)];
  try {
    const peaks: Peak[] = [];
    // A short reading first: what is loaded once is there then.
    for (const source of sources) {
      const scope = await openFirm(installation);
      const connectorId = await connectGoogle(scope, source);
      const once = (mode: "whole" | "changes") => sync(installation, scope, connectorId, { ...source, mode });
      const peak = await watchPeak(async () => {
        await once("whole");
        await once("whole");
        await source.tell({ change: 100 });
        await once("changes");
      });
      peaks.push(peak);
    }
    return peaks.at(-1)!;
  } finally {
    for (const source of sources) source.close();
    await close();
  }
}
