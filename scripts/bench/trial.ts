/** How long the trial of a file takes beside its import, both in one run and each in an installation of its own. */
import { type Bench, type BenchOptions, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { continueTrial } from "~/features/pipeline/trial/continue-trial.server";
import { askForTrial, findTrial } from "~/features/pipeline/trial/trials.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { sampleCsv } from "~/testing/sample/sample-csv";

export const trialCsv: Bench = async (options) => {
  const count = options.quick ? 9_000 : 100_000;
  const csv = Buffer.from(sampleCsv(sampleContacts(count, 7).contacts));
  options.say(`Trying and importing ${count.toLocaleString("en-GB")} rows on ${options.database} …`);
  const { trialMs, importMs, agree, peakMb } = await timedBoth(options, csv);
  const rate = (ms: number) => `${Math.round(count / (ms / 1_000)).toLocaleString("en-GB")} rows/s`;
  options.say(
    `trial ${rate(trialMs)}, import ${rate(importMs)}; heap of the trial at most ${peakMb} MB above its start`,
  );
  if (!agree) throw new Error("The trial said other than what the import did");
  return { "trial.csv": figure(trialMs / importMs, "× the import", 0.5) };
};

async function timedBoth(options: BenchOptions, csv: Buffer) {
  const { installation, close } = await openBenchWorld(options);
  const signal = new AbortController().signal;
  try {
    const scope = await openFirm(installation);
    const upload = { name: "clients-2026.csv", mediaType: "text/csv", bytes: chunks(csv) };
    const draft = await uploadFile(scope, contactSubject, upload);
    if (!draft.ok) throw new Error(draft.reason);
    const { runId } = draft;
    const system = await systemScope(installation, scope.account.id);
    await askForTrial(scope, runId);
    const heap = watchHeap();
    const trialMs = await timed(() => continueTrial(system, subjects, runId, { signal }));
    const peakMb = heap.stop();
    const told = (await findTrial(scope, runId))?.result?.counts;
    const importMs = await timed(async () => {
      await startRun(scope, runId);
      await continueRun(system, subjects, runId, { signal });
    });
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

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 64 * 1_024;
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}
