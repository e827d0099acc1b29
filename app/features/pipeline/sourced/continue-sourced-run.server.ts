import { LeaseLostError } from "~/features/pipeline/run/open-run.server";
import { RunStopped } from "~/features/pipeline/run/continue-run.server";
import { beginStream, beginWhole, endStream } from "~/features/pipeline/sourced/streams.server";
import { endSourcedRun, type SourcedEnd } from "~/features/pipeline/sourced/end-sourced-run.server";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { openSourcedRun, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { readStream } from "~/features/pipeline/sourced/read-stream.server";
import { ReadingEnded, type RecordSource } from "~/features/pipeline/sourced/source";
import { lookAgain, skipReading, takeRefused } from "~/features/pipeline/sourced/second-look.server";
import { settleStream } from "~/features/pipeline/sourced/settle-stream.server";
import { isBeingUndone } from "~/features/pipeline/sourced/being-undone.server";
import { waitForSource } from "~/features/pipeline/sourced/wait-for-source.server";
import { type Subjects } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";

export interface SourcedLimits {
  source: RecordSource;
  /** The run ends early, to be called again, when it aborts. */
  signal: AbortSignal;
}

/**
 * Carries a run of a connector on from wherever it stands: to its end, or until the source wants it to come back later.
 * What was done until then is kept, however it ends. Throws what is a bug or an outage.
 */
export async function continueSourcedRun(
  scope: Scope,
  subjects: Subjects,
  runId: string,
  limits: SourcedLimits,
): Promise<void> {
  const opened = await openSourcedRun(scope, subjects, runId);
  if (!opened) return;
  try {
    // One that is to be cancelled has nothing to wait for.
    if (!opened.cancelRequested && (await isBeingUndone(scope, opened.connectorId)))
      await waitForSource(scope, opened, limits.source, beingUndone());
    else await carryOn(scope, opened, limits);
  } catch (error) {
    if (error instanceof LeaseLostError) return scope.log.warn({ runId }, "Left the run to the worker that took it up");
    const end = endBy(error);
    if (!end) throw error;
    await endAsItStands(scope, subjects, opened, { end, source: limits.source });
  }
}

/** In its queue the undo comes first, but for one that is tried again after a fault of ours. */
const beingUndone = () =>
  new ReadingEnded(
    "What an earlier run did is being undone or redone: this one goes on after that.",
    "later",
    MINUTE_MS,
  );

/** Null: it is none of the run's. */
function endBy(error: unknown): SourcedEnd | null {
  if (error instanceof RunStopped) return { state: "failed", problem: error.message };
  if (!(error instanceof ReadingEnded)) return null;
  return { state: "failed", problem: error.message, grantEnded: error.why === "grant" ? error.message : null };
}

/** The run is further than when it was opened: what it says last counts all of it. What another worker took up is left. */
async function endAsItStands(
  scope: Scope,
  subjects: Subjects,
  { id, epoch }: SourcedRun,
  { end, source }: { end: SourcedEnd; source: RecordSource },
): Promise<void> {
  const run = await openSourcedRun(scope, subjects, id, epoch);
  if (run) await endSourcedRun(scope, run, source, end);
}

async function carryOn(scope: Scope, opened: SourcedRun, limits: SourcedLimits): Promise<void> {
  let run = opened;
  while (!run.cancelRequested && run.checkpoint.phase !== "second-look") {
    const stream = run.streams[run.checkpoint.stream];
    if (!stream) break;
    const next = await workOff(scope, { run, stream, source: limits.source }, limits);
    if (!next) return;
    run = next;
  }
  if (!run.cancelRequested) run = await lookAgain(scope, run, limits);
  await endSourcedRun(scope, run, limits.source, { state: run.cancelRequested ? "cancelled" : "done" });
}

/** A stream from where it stands to its end. Null: the source wants it to come back later. */
async function workOff(scope: Scope, taking: Taking, limits: SourcedLimits): Promise<SourcedRun | null> {
  const { stream } = taking;
  const hasToStop = (run: SourcedRun) => {
    limits.signal.throwIfAborted();
    return run.cancelRequested;
  };
  let run = await beginStream(scope, taking.run, stream);
  if (run.checkpoint.phase === "reading") {
    const read = await readAll(scope, { ...taking, run }, { limits, hasToStop });
    if (!read) return null;
    run = read;
  }
  if (hasToStop(run)) return run;
  run = await settleStream(scope, { ...taking, run }, hasToStop);
  return hasToStop(run) ? run : endStream(scope, { ...taking, run });
}

interface Reading {
  limits: SourcedLimits;
  hasToStop: (run: SourcedRun) => boolean;
}

async function readAll(scope: Scope, taking: Taking, { limits, hasToStop }: Reading): Promise<SourcedRun | null> {
  if (taking.run.mode === "answer") return skipReading(scope, taking);
  if (taking.run.mode === "refused") return takeRefused(scope, taking, hasToStop);
  let { run } = taking;
  for (;;) {
    try {
      return await readStream(
        scope,
        { ...taking, run },
        { signal: limits.signal, hasToStop, onMove: (now) => (run = now) },
      );
    } catch (error) {
      if (!(error instanceof ReadingEnded)) throw error;
      if (error.why === "later") return waitForSource(scope, run, limits.source, error);
      if (error.why !== "expired") throw error;
      run = await beginWhole(scope, run, taking.stream);
    }
  }
}
