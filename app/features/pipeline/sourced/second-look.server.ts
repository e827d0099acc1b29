import { setImmediate as nextTurn } from "node:timers/promises";
import { type SourcedLimits } from "~/features/pipeline/sourced/continue-sourced-run.server";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { listById, listInState } from "~/features/pipeline/sourced/source-records.server";
import { type SourcedCheckpoint } from "~/features/pipeline/sourced/sourced-settings.server";
import { listRefusedInRun, storedArrivals } from "~/features/pipeline/sourced/stored-records.server";
import { RECORDS_AT_ONCE, takeSome } from "~/features/pipeline/sourced/take-page.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Refused records, tried again from the raw zone. */

const MOST_PASSES = 20;

/** Of a run that does what a person said there is nothing to read. */
export function skipReading(scope: Scope, { run }: Pick<Taking, "run">): Promise<SourcedRun> {
  const checkpoint: SourcedCheckpoint = { ...run.checkpoint, phase: "settling", unseen: null };
  return inTransaction(scope, (scope) => advanceSourced(scope, run, { checkpoint }));
}

/** Of a run of the refused: those of a stream, in the order of their ids. */
export async function takeRefused(
  scope: Scope,
  taking: Taking,
  hasToStop: (run: SourcedRun) => boolean,
): Promise<SourcedRun> {
  const { stream } = taking;
  let { run } = taking;
  while (!hasToStop(run)) {
    await nextTurn();
    const after = run.checkpoint.looked;
    const of = { run, streamId: stream.id };
    const rows = await listInState(scope, of, { state: "refused", after, limit: RECORDS_AT_ONCE });
    const last = rows.at(-1)?.id;
    if (last === undefined) return skipReading(scope, { run });
    const arrivals = await storedArrivals(scope, stream, rows);
    run = await takeSome(scope, { ...taking, run }, arrivals, (checkpoint) => ({ ...checkpoint, looked: last }));
  }
  return run;
}

/** Goes over the records for which several of the subject fitted, until a pass over them places none. */
export async function lookAgain(scope: Scope, opened: SourcedRun, limits: SourcedLimits): Promise<SourcedRun> {
  let run = opened;
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const { refused } = run.counts;
    for (const stream of run.streams) {
      run = await lookAtStream(scope, { run, stream, source: limits.source }, limits.signal);
      if (run.cancelRequested) return run;
    }
    if (run.counts.refused === refused) return run;
  }
  return run;
}

async function lookAtStream(scope: Scope, taking: Taking, signal: AbortSignal): Promise<SourcedRun> {
  const { stream } = taking;
  const rule = stream.of.retryRule;
  let { run } = taking;
  if (rule === null || run.counts.refused === 0) return run;
  for (let after: string | null = null; !run.cancelRequested;) {
    await nextTurn();
    signal.throwIfAborted();
    const of = { run, streamId: stream.id };
    const ids: string[] = await listRefusedInRun(scope, { ...of, rule }, { after, limit: RECORDS_AT_ONCE });
    if (ids.length === 0) return run;
    const arrivals = await storedArrivals(scope, stream, await listById(scope, of, ids));
    run = await takeSome(scope, { ...taking, run, isFinal: true }, arrivals);
    after = ids.at(-1) ?? null;
  }
  return run;
}
