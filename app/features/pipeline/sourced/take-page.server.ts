import { setImmediate as nextTurn } from "node:timers/promises";
import { type ArrivedPage } from "~/features/pipeline/sourced/arrived-page.server";
import { type Arrival, type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { hasSeen, nothingSeen } from "~/features/pipeline/sourced/seen";
import { type GoneItem } from "~/features/pipeline/sourced/source";
import {
  findNamed,
  findUnchanged,
  type SourceRecordRow,
  writeSourceRecords,
} from "~/features/pipeline/sourced/source-records.server";
import { type SourcedCheckpoint } from "~/features/pipeline/sourced/sourced-settings.server";
import { takeRecords } from "~/features/pipeline/sourced/take-records.server";
import { standingNow, withAgain, withCounts } from "~/features/pipeline/sourced/tally.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Few enough that others wait for SQLite's one writer for under 50 ms. */
export const RECORDS_AT_ONCE = 300;

/**
 * Takes a page in. What is as it was is noted as seen, all of it at once; the rest some records at a time. The last of
 * these moves the checkpoint behind the page: until then the page is read again after a kill, and what was taken of it is
 * known to be as it is.
 */
export async function takePage(scope: Scope, taking: Taking, page: ArrivedPage): Promise<SourcedRun> {
  const { stream, source } = taking;
  const { live, gone } = page;
  const moved = behind(stream.id, page);
  const isAll = (rest: readonly Arrival[]) => rest.length === 0 && gone.length === 0;
  const first = await inTransaction(scope, async (scope) => {
    await source.mayGoOn(scope);
    const { run } = taking;
    const hashes = new Map(live.map(({ item, hash }) => [item.id, hash]));
    const unchanged = await findUnchanged(scope, { run, streamId: stream.id }, hashes);
    const rest = live.filter(({ item }) => !unchanged.has(item.id));
    const before = run.seen.get(stream.id)?.seen ?? nothingSeen;
    // What came before in this run, too, has been counted.
    const numbers = [...unchanged.values()].filter((number) => !hasSeen(before, number));
    const added = { read: numbers.length, same: numbers.length };
    const checkpoint = isAll(rest) ? moved(run.checkpoint) : run.checkpoint;
    const counted = withCounts(checkpoint, stream.id, ({ read }) => ({ read: read + added.read }));
    const seen = { streamId: stream.id, numbers };
    return { run: await advanceSourced(scope, run, { added, checkpoint: counted, seen }), rest };
  });
  let { run } = first;
  for (let at = 0; at < first.rest.length; at += RECORDS_AT_ONCE) {
    // On SQLite nothing of a batch ever waits: without this the worker's heartbeat would not get its turn.
    await nextTurn();
    const some = first.rest.slice(at, at + RECORDS_AT_ONCE);
    const isLast = at + RECORDS_AT_ONCE >= first.rest.length && gone.length === 0;
    run = await takeSome(scope, { ...taking, run }, some, isLast ? moved : undefined);
  }
  return gone.length === 0 ? run : takeGone(scope, { ...taking, run }, gone, moved);
}

type Moved = (checkpoint: SourcedCheckpoint) => SourcedCheckpoint;

export function takeSome(scope: Scope, taking: Taking, some: readonly Arrival[], moved?: Moved): Promise<SourcedRun> {
  return inTransaction(scope, async (scope) => {
    await taking.source.mayGoOn(scope);
    return takeRecords(scope, taking, some, moved);
  });
}

/** The checkpoint once a page is taken: with the last one, the stream is to be settled. */
function behind(streamId: string, { after, count, changesFrom, isAll }: ArrivedPage): Moved {
  return (checkpoint) => ({
    ...withCounts(checkpoint, streamId, ({ said }) => ({ said: range(said, count) })),
    after,
    ...(changesFrom === undefined ? {} : { changesFrom }),
    ...(isAll ? { isAll } : {}),
    ...(after === null ? { phase: "settling" as const, unseen: 0 } : {}),
  });
}

/** While it is read, what is there may change. */
function range(said: [number, number] | null, count: number | undefined): [number, number] | null {
  if (count === undefined) return said;
  return said === null ? [count, count] : [Math.min(count, said[0]), Math.max(count, said[1])];
}

/** What is gone waits for the end of the stream: by then everything else is in, whatever came first. */
function takeGone(scope: Scope, taking: Taking, gone: readonly GoneItem[], moved: Moved): Promise<SourcedRun> {
  const { run, stream, source } = taking;
  return inTransaction(scope, async (scope) => {
    await source.mayGoOn(scope);
    const of = { run, streamId: stream.id };
    const names = gone.map(({ id }) => id);
    const known = await findNamed(scope, of, names);
    const going = gone.flatMap(({ id, gone: why, into, intoStream }): Gone[] => {
      const row = known.get(id);
      const isKnown = row && (row.gone_at === null || run.undone.includes(row.changed_run_id));
      return isKnown && row.state !== "going"
        ? [{ row, why, became: into ?? null, becameStream: intoStream ?? null }]
        : [];
    });
    return goingNow(scope, taking, going, moved);
  });
}

/** Writes down that records are gone at the source; what stands here of them is not touched yet. */
export async function goingNow(
  scope: Scope,
  { run, stream }: Pick<Taking, "run" | "stream">,
  rows: readonly Gone[],
  moved: Moved,
): Promise<SourcedRun> {
  const written = rows.map(({ row, why, became, becameStream }) => ({
    before: row,
    now: {
      ...{ ...row, state: "going" as const, gone_why: why },
      ...{ became, became_stream: becameStream, changed_run_id: run.id },
    },
  }));
  await writeSourceRecords(scope, run, written);
  const checkpoint = withCounts(run.checkpoint, stream.id, standingNow(run, written));
  return advanceSourced(scope, run, { checkpoint: moved(withAgain(checkpoint, run, written)) });
}

interface Gone {
  row: SourceRecordRow;
  why: NonNullable<SourceRecordRow["gone_why"]>;
  became: string | null;
  becameStream: string | null;
}
