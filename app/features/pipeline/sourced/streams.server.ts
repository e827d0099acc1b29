import { say } from "~/features/pipeline/run/open-run.server";
import { isOver, runStates } from "~/features/pipeline/run/run";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, type OpenStream, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { ReadingEnded } from "~/features/pipeline/sourced/source";
import { countStanding } from "~/features/pipeline/sourced/source-records.server";
import { type StreamCounts } from "~/features/pipeline/sourced/sourced-settings.server";
import { withCounts } from "~/features/pipeline/sourced/tally.server";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** A run reads the streams of its connector one after the other: how each begins, begins anew and ends. */

/** Cursors that are no good any more, in one stream of one run. More, and there is something wrong with them all. */
const MOST_RESTARTS = 3;

/** Notes how the stream stood before. Once only: gone on with, it has begun already. */
export async function beginStream(scope: Scope, run: SourcedRun, stream: OpenStream): Promise<SourcedRun> {
  if (run.checkpoint.streams[stream.id]) return run;
  const isWhole = run.mode === "whole" || (run.mode === "changes" && stream.since === undefined);
  return inTransaction(scope, async (scope) => {
    const before = await standingBefore(scope, { run, stream, isWhole });
    const counts = { ...before, before: before.now, read: 0, said: null, isWhole, question: null };
    const { checkpoint } = run;
    const begun = await advanceSourced(scope, run, {
      checkpoint: { ...checkpoint, isWhole, streams: { ...checkpoint.streams, [stream.id]: counts } },
    });
    if (run.mode === "whole" || run.mode === "changes") {
      await say(scope, run.id, isWhole ? wholeSentence(stream) : `Reads what changed of the ${stream.noun.many}.`);
    }
    if (run.settings.takesAway) await say(scope, run.id, `Takes away the ${stream.noun.many} that came from here.`);
    return begun;
  });
}

function wholeSentence({ noun, start }: OpenStream): string {
  return start === null ? `Reads all ${noun.many}.` : `Reads the ${noun.many} from ${start} on.`;
}

interface Beginning {
  run: SourcedRun;
  stream: OpenStream;
  isWhole: boolean;
}

/** Where only changes are read, the last run knows it: counting would take the longer the more there are. */
async function standingBefore(scope: Scope, { run, stream, isWhole }: Beginning): Promise<Standing> {
  const known = isWhole || run.undone.length > 0 ? null : await standingAfterLast(scope, run, stream.id);
  return known ?? countStanding(scope, { run, streamId: stream.id });
}

type Standing = Pick<StreamCounts, "standing" | "now">;

async function standingAfterLast(
  scope: Scope,
  { id, connectorId }: SourcedRun,
  streamId: string,
): Promise<Standing | null> {
  const last = await scope.db
    .selectFrom("runs")
    .select("checkpoint")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("id", "!=", id)
    .where("state", "in", runStates.filter(isOver))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!last?.checkpoint) return null;
  const stood = fromJson<{ streams: Record<string, Partial<Standing>> }>(last.checkpoint).streams[streamId];
  // A run of an earlier version has told only one of the two.
  return stood?.standing === undefined || stood.now === undefined ? null : { standing: stood.standing, now: stood.now };
}

/** The cursor is no good any more: the stream is read from its first record on, in the same run. @throws ReadingEnded */
export function beginWhole(scope: Scope, run: SourcedRun, stream: OpenStream): Promise<SourcedRun> {
  const restarts = run.checkpoint.restarts + 1;
  if (restarts > MOST_RESTARTS) {
    throw new ReadingEnded("The source forgets where the reading stands, again and again. Try again later.", "failed");
  }
  return inTransaction(scope, async (scope) => {
    const { changesFrom: _, isAll: __, ...checkpoint } = run.checkpoint;
    const anew = { ...checkpoint, isWhole: true, after: null, restarts };
    const begun = await advanceSourced(scope, run, {
      checkpoint: withCounts(anew, stream.id, () => ({ isWhole: true, said: null })),
    });
    await say(
      scope,
      run.id,
      `The source does not know any more where the last reading ended. All ${stream.noun.many} are read anew.`,
    );
    return begun;
  });
}

/** The stream is read and settled: where its next reading of changes begins is written down, and the next one's turn is. */
export function endStream(scope: Scope, { run, stream, source }: Taking): Promise<SourcedRun> {
  return inTransaction(scope, async (scope) => {
    const { changesFrom, isAll: _, ...checkpoint } = run.checkpoint;
    const isRead = run.mode === "whole" || run.mode === "changes";
    if (isRead) await source.streamDone(scope, { streamId: stream.id, changesFrom });
    const next = checkpoint.stream + 1;
    const phase = next < run.streams.length ? ("reading" as const) : ("second-look" as const);
    return advanceSourced(scope, run, {
      checkpoint: { ...checkpoint, phase, stream: next, after: null, restarts: 0, unseen: null, looked: null },
    });
  });
}
