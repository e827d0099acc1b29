/** How long the trial of a file takes beside its import, both in one run and each in an installation of its own. */
import { csvOf, rateOf, runDraft, uploadCsv } from "./import-rows";
import { type Bench, type BenchOptions, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { continueTrial } from "~/features/pipeline/trial/continue-trial.server";
import { askForTrial, findTrial } from "~/features/pipeline/trial/trials.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";

export const trialCsv: Bench = async (options) => {
  const count = options.quick ? 9_000 : 100_000;
  const csv = csvOf(sampleContacts(count, 7).contacts);
  options.say(`Trying and importing ${count.toLocaleString("en-GB")} rows on ${options.database} …`);
  const { trialMs, importMs, agree, peakMb } = await timedBoth(options, csv);
  const [tried, imported] = [rateOf(count, trialMs), rateOf(count, importMs)];
  options.say(`trial ${tried}, import ${imported}; heap of the trial at most ${peakMb} MB above its start`);
  if (!agree) throw new Error("The trial said other than what the import did");
  return { "trial.csv": figure(trialMs / importMs, "× the import", 0.5) };
};

async function timedBoth(options: BenchOptions, csv: Buffer) {
  const { installation, close } = await openBenchWorld(options);
  const signal = new AbortController().signal;
  try {
    const scope = await openFirm(installation);
    const runId = await uploadCsv(scope, csv);
    const system = await systemScope(installation, scope.account.id);
    await askForTrial(scope, runId);
    const heap = watchHeap();
    const trialMs = await timed(() => continueTrial(system, subjects, runId, { signal }));
    const peakMb = heap.stop();
    const told = (await findTrial(scope, runId))?.result?.counts;
    const importMs = await timed(() => runDraft(installation, scope, runId));
    const did = (await findRun(scope, runId))?.counts;
    return { trialMs, importMs, peakMb, agree: JSON.stringify(told) === JSON.stringify(did) };
  } finally {
    await close();
  }
}

function watchHeap() {
  const used = () => process.memoryUsage().heapUsed;
  const start = used();
  let peak = start;
  const timer = setInterval(() => (peak = Math.max(peak, used())), 100);
  return {
    stop() {
      clearInterval(timer);
      return Math.round((peak - start) / 1e6);
    },
  };
}
