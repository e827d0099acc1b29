import { LeaseLostError, say } from "~/features/pipeline/run/open-run.server";
import { type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { ReadingEnded, type RecordSource } from "~/features/pipeline/sourced/source";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { formatDuration, formatTime, HOUR_MS, later, MINUTE_MS } from "~/platform/time";

/** Waits in a row, without a page between: with the pauses below some seven hours. */
const MOST_WAITS = 12;
/** A source that says so may ask for more than an hour, but not for ever. */
const LONGEST_WAIT_MS = 24 * HOUR_MS;

/** One minute, two, four … then hourly, where the source does not say how long. */
export function pauseMs(waits: number, askedMs: number | null): number {
  if (askedMs !== null) return Math.min(Math.max(askedMs, 1_000), LONGEST_WAIT_MS);
  return Math.min(MINUTE_MS * 2 ** waits, HOUR_MS);
}

/**
 * Puts the run back into the queue until the source wants to be asked again: no worker waits for it meanwhile.
 * @throws ReadingEnded when it has waited often enough.
 */
export async function waitForSource(
  scope: Scope,
  run: SourcedRun,
  source: RecordSource,
  { message, waitMs }: ReadingEnded,
): Promise<null> {
  if (run.waits >= MOST_WAITS) {
    throw new ReadingEnded(`${message} It was asked ${MOST_WAITS} times, over hours.`, "failed");
  }
  await inTransaction(scope, async (scope) => {
    const at = later(scope.clock.now(), pauseMs(run.waits, waitMs));
    const waiting = await scope.db
      .updateTable("runs")
      .set((eb) => ({ state: "queued", waiting_until: at, waiting_why: message, waits: eb("waits", "+", 1) }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.id)
      .where("lease_epoch", "=", run.epoch)
      .where("state", "=", "running")
      .returning("id")
      .executeTakeFirst();
    if (!waiting) throw new LeaseLostError("Another worker has taken this run up");
    const pause = formatDuration(pauseMs(run.waits, waitMs));
    await say(scope, run.id, `${message} It goes on at ${formatTime(scope.place, at)}, in ${pause}.`);
    await source.comeBack(scope, { runId: run.id, at });
  });
  return null;
}
