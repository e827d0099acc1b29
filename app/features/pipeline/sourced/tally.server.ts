import { isTrusted, type SourcedCounts, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { hasSeen, nothingSeen } from "~/features/pipeline/sourced/seen";
import { type Settled } from "~/features/pipeline/sourced/settled-record";
import { type SourcedCheckpoint, type StreamCounts } from "~/features/pipeline/sourced/sourced-settings.server";
import { type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";

/** Every record that a run has read is in exactly one of these, however often it came. */
type Bucket = "created" | "changed" | "same" | "refused" | "held";

const bucketOf: Record<Settled["outcome"]["kind"], Bucket> = {
  ...{ new: "created", changed: "changed", kept: "same", left: "same", same: "same", older: "same" },
  ...{ refused: "refused", held: "held" },
};

/** What some records add to the counts of a run. */
export function tally(run: Pick<SourcedRun, "id" | "seen">, settled: readonly Settled[]): Partial<SourcedCounts> {
  const added = { read: 0, created: 0, changed: 0, same: 0, refused: 0, held: 0 };
  for (const one of settled) {
    const before = bucketBefore(run, one);
    const now = bucketNow(before, one.outcome.kind);
    if (before === null) added.read++;
    else added[before]--;
    added[now]++;
  }
  return added;
}

/** Where it was counted when it came in this run before; null: it comes for the first time. */
function bucketBefore(run: Pick<SourcedRun, "id" | "seen">, { met: { known, newest } }: Settled): Bucket | null {
  if (!known || !hasSeen(run.seen.get(known.stream)?.seen ?? nothingSeen, known.number)) return null;
  if (known.state === "refused" || known.state === "held") return known.state;
  return newest?.run_id === run.id ? bucketOf[newest.outcome] : "same";
}

/** What a run has made it has made, though it changed the same once more. */
function bucketNow(before: Bucket | null, kind: Settled["outcome"]["kind"]): Bucket {
  const now = bucketOf[kind];
  if (before === "created" && (now === "changed" || now === "same")) return before;
  return before === "changed" && now === "same" ? before : now;
}

/** Whether a record says here what it says at the source. */
function stands(run: Pick<SourcedRun, "undone">, row: SourceRecordRow | null): boolean {
  return row !== null && row.state === "standing" && isTrusted(run, row);
}

/** Whether something of it is here. What an undone run took away is back, and what it brought is not. */
function isHere(run: Pick<SourcedRun, "undone">, row: SourceRecordRow | null): boolean {
  if (row === null || row.taken_raw_id === null) return false;
  return isTrusted(run, row) ? !["gone", "left"].includes(row.state) : !run.undone.includes(row.first_run_id);
}

/** The counts of a stream once these stand as they do now. */
export function standingNow(
  run: Pick<SourcedRun, "undone">,
  rows: readonly { before: SourceRecordRow | null; now: SourceRecordRow }[],
): (counts: StreamCounts) => Pick<StreamCounts, "standing" | "now"> {
  const more = (is: typeof stands) =>
    rows.reduce((sum, { before, now }) => sum + Number(is(run, now)) - Number(is(run, before)), 0);
  return ({ standing, now }) => ({ standing: standing + more(stands), now: now + more(isHere) });
}

/**
 * The checkpoint where these came in anew that a run had brought which was undone. Several that were undone may have brought
 * them, one after the other: none of these is redone then.
 */
export function withAgain(
  checkpoint: SourcedCheckpoint,
  run: Pick<SourcedRun, "undone">,
  rows: readonly { before: SourceRecordRow | null; now: SourceRecordRow }[],
): SourcedCheckpoint {
  const isAgain = rows.some(({ before, now }) => before !== null && !isTrusted(run, before) && isTrusted(run, now));
  return isAgain ? { ...checkpoint, again: [...new Set([...(checkpoint.again ?? []), ...run.undone])] } : checkpoint;
}

/** The checkpoint with other counts of one stream. */
export function withCounts(
  checkpoint: SourcedCheckpoint,
  streamId: string,
  change: (counts: StreamCounts) => Partial<StreamCounts>,
): SourcedCheckpoint {
  const counts = checkpoint.streams[streamId];
  if (!counts) return checkpoint;
  return { ...checkpoint, streams: { ...checkpoint.streams, [streamId]: { ...counts, ...change(counts) } } };
}
