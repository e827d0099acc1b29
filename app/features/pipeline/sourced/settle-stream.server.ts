import { setImmediate as nextTurn } from "node:timers/promises";
import { followGone, takeSomeAway } from "~/features/pipeline/sourced/follow-gone.server";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { countWaiting, listInState, writeSourceRecords } from "~/features/pipeline/sourced/source-records.server";
import { listUnseen } from "~/features/pipeline/sourced/unseen-records.server";
import { storedArrivals } from "~/features/pipeline/sourced/stored-records.server";
import { goingNow, RECORDS_AT_ONCE, takeSome } from "~/features/pipeline/sourced/take-page.server";
import { withCounts } from "~/features/pipeline/sourced/tally.server";
import { type SourcedSettings, type StreamCounts } from "~/features/pipeline/sourced/sourced-settings.server";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * What a stream takes away, when it has been read to its end: what is gone at the source, and versions that say less. All
 * of it has waited until now, so that it can be counted before any of it is followed: where it is too much, it goes on
 * waiting, for an answer.
 */
export async function settleStream(
  scope: Scope,
  taking: Taking,
  hasToStop: (run: SourcedRun) => boolean,
): Promise<SourcedRun> {
  if (taking.run.settings.takesAway) return takeAllAway(scope, taking, hasToStop);
  let run = await findUnseen(scope, taking, hasToStop);
  if (hasToStop(run)) return run;
  run = await brake(scope, { ...taking, run });
  if (run.checkpoint.streams[taking.stream.id]?.question) return run;
  const steps = run.settings.follow === false ? [leaveSome] : [followGone, followHeld];
  for (const step of steps) {
    for (;;) {
      await nextTurn();
      if (hasToStop(run)) return run;
      const next = await step(scope, { ...taking, run });
      if (!next) break;
      run = next;
    }
  }
  return run;
}

/**
 * Where everything is to be taken away, all streams wait for the last one. Nothing is marked beforehand: where it stops,
 * what has not been taken away by then stands as it did.
 */
async function takeAllAway(scope: Scope, taking: Taking, hasToStop: (run: SourcedRun) => boolean): Promise<SourcedRun> {
  let { run } = taking;
  if (taking.stream.id !== run.streams.at(-1)?.id) return run;
  for (const stream of run.streams) {
    for (let after: number | null = 0; after !== null;) {
      await nextTurn();
      if (hasToStop(run)) return run;
      ({ run, after } = await takeSomeAway(scope, { ...taking, run, stream }, after));
    }
  }
  return run;
}

/** A whole reading tells what is gone by what it has not seen, if it reads from the first record on. */
async function findUnseen(scope: Scope, taking: Taking, hasToStop: (run: SourcedRun) => boolean): Promise<SourcedRun> {
  const { stream } = taking;
  const of = (run: SourcedRun) => ({ run, streamId: stream.id });
  let { run } = taking;
  const { isWhole, isAll = false } = run.checkpoint;
  const isTold = isWhole && (stream.wholeTellsGone || isAll) && stream.start === null;
  while (isTold && run.checkpoint.unseen !== null && !hasToStop(run)) {
    await nextTurn();
    const after = run.checkpoint.unseen;
    const now = run;
    run = await inTransaction(scope, async (scope) => {
      await taking.source.mayGoOn(scope);
      const { rows, after: unseen } = await listUnseen(scope, of(now), { after, limit: RECORDS_AT_ONCE });
      const gone = rows.map((row) => ({
        row,
        why: row.gone_why ?? ("unseen" as const),
        became: row.became,
        becameStream: row.became_stream,
      }));
      return goingNow(scope, { run: now, stream }, gone, (checkpoint) => ({ ...checkpoint, unseen }));
    });
  }
  return run;
}

/** Stops before more is taken away than a person may have meant. Asked once: what is followed by then was not too much. */
async function brake(scope: Scope, { run, stream }: Taking): Promise<SourcedRun> {
  const counts = run.checkpoint.streams[stream.id];
  if (!counts || counts.question || run.mode === "answer") return run;
  const waiting = await countWaiting(scope, { run, streamId: stream.id });
  const kind = tooMuch(counts, waiting, run.settings.brake);
  if (!kind) return run;
  const question = { kind, ...waiting };
  return inTransaction(scope, (scope) =>
    advanceSourced(scope, run, { checkpoint: withCounts(run.checkpoint, stream.id, () => ({ question })) }),
  );
}

/** Why somebody has to be asked; null: it is as usual. */
export function tooMuch(
  { before, read, isWhole }: Pick<StreamCounts, "before" | "read" | "isWhole">,
  { gone, blanked }: { gone: number; blanked: number },
  { share, atLeast }: SourcedSettings["brake"],
): "nothing" | "much" | null {
  if (isWhole && read === 0 && before > 0 && gone > 0) return "nothing";
  const lost = gone + blanked;
  return lost >= atLeast && lost * 100 > share * before ? "much" : null;
}

async function followHeld(scope: Scope, taking: Taking): Promise<SourcedRun | null> {
  const { run, stream } = taking;
  const rows = await listInState(scope, { run, streamId: stream.id }, { state: "held", limit: RECORDS_AT_ONCE });
  if (rows.length === 0) return null;
  const arrivals = await storedArrivals(scope, stream, rows);
  if (arrivals.length < rows.length) throw new Error("A version that waits is not in the raw zone");
  return takeSome(scope, { ...taking, isFinal: true }, arrivals);
}

/** What waited stays here as it is: somebody said so. */
async function leaveSome(scope: Scope, { run, stream, source }: Taking): Promise<SourcedRun | null> {
  return inTransaction(scope, async (scope) => {
    const of = { run, streamId: stream.id };
    const limit = RECORDS_AT_ONCE;
    const going = await listInState(scope, of, { state: "going", limit });
    const rows = going.length > 0 ? going : await listInState(scope, of, { state: "held", limit });
    if (rows.length === 0) return null;
    await source.mayGoOn(scope);
    const at = scope.clock.now();
    const kept = rows.map((row) => {
      const goneAt = row.state === "going" ? at : null;
      return { before: row, now: { ...row, state: "kept" as const, gone_at: goneAt, changed_run_id: run.id } };
    });
    await writeSourceRecords(scope, run, kept);
    return advanceSourced(scope, run, {});
  });
}
