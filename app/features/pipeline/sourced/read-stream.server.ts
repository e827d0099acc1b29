import { setImmediate as nextTurn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { countsSentence } from "~/features/pipeline/run/run";
import { say } from "~/features/pipeline/run/open-run.server";
import { type ArrivedPage, arrive } from "~/features/pipeline/sourced/arrived-page.server";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { knownNames } from "~/features/pipeline/sourced/known-names.server";
import { type OpenStream, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { ReadingEnded, type SourcePage, type StreamReading } from "~/features/pipeline/sourced/source";
import { takePage } from "~/features/pipeline/sourced/take-page.server";
import { refreshStatistics } from "~/platform/db/statistics.server";
import { type Scope } from "~/platform/scope.server";
import { stoppable } from "~/platform/time-limit.server";

/** A sentence goes to the run's log at least so often, and Postgres hears that its tables grow. */
const RECORDS_BETWEEN_SENTENCES = 3_000;
/** Pages in a row that show nothing that was not seen in this run before. More come of no source that gets anywhere. */
const MOST_PAGES_OF_NOTHING_NEW = 500;

interface Reading {
  signal: AbortSignal;
  hasToStop: (run: SourcedRun) => boolean;
  /** Told how far it has come, so that nothing is lost if the source breaks off. */
  onMove: (run: SourcedRun) => void;
}

/** Reads a stream from where it stands to its end. While a page is taken in, the next one is on its way. @throws ReadingEnded */
export async function readStream(scope: Scope, taking: Taking, reading: Reading): Promise<SourcedRun> {
  const { signal, stop } = stoppable(reading.signal);
  try {
    return await readPages(scope, taking, { ...reading, signal });
  } finally {
    // What is still on its way ends now: nobody waits for it, and the next run must not meet it.
    stop(new DOMException("Nobody reads any further", "AbortError"));
  }
}

async function readPages(scope: Scope, taking: Taking, reading: Reading): Promise<SourcedRun> {
  const { run, stream, source } = taking;
  const pages = source.pages(readingOf(scope, { run, stream, signal: reading.signal }))[Symbol.asyncIterator]();
  try {
    return await takePages(scope, taking, { ...reading, pages });
  } finally {
    // Nobody waits for what is still on its way.
    pages.return?.().catch(() => {});
  }
}

interface Pages extends Reading {
  pages: AsyncIterator<SourcePage>;
}

async function takePages(scope: Scope, taking: Taking, { pages, hasToStop, onMove }: Pages): Promise<SourcedRun> {
  let { run } = taking;
  let said = run.counts;
  let nothingNew = 0;
  let asked: ReturnType<typeof ask> | null = null;
  // Who cancels does not wait for what is still on its way.
  while (!hasToStop(run)) {
    const page = await (asked ?? ask(pages, taking.stream));
    await nextTurn();
    const { read } = run.counts;
    checkGetsOn(page.after, run, nothingNew);
    const taken = takePage(scope, { ...taking, run }, page);
    // Asked for only now: it is unpacked while the database is at work, which has been told of this one first.
    asked = ask(pages, taking.stream);
    run = await taken;
    onMove(run);
    nothingNew = run.counts.read > read ? 0 : nothingNew + 1;
    if (run.counts.read - said.read >= RECORDS_BETWEEN_SENTENCES) {
      await say(scope, run.id, countsSentence(run.counts, scope.place.locale));
      if (run.counts.created > said.created) await refreshStatistics(scope.database, scope.log);
      said = run.counts;
    }
    if (page.after === null) return run;
  }
  return run;
}

/** A page that is on its way, until it is ready to be taken in. What fails is told when its turn has come. */
function ask(pages: AsyncIterator<SourcePage>, stream: OpenStream): Promise<ArrivedPage> {
  const asked = pages.next().then(({ done, value }) => arrive(stream, done ? noPage : value));
  asked.catch(() => {});
  return asked;
}

/** The source had no page, or none that says that it is the last. */
const noPage: SourcePage = { records: [], after: null };

interface Open {
  run: SourcedRun;
  stream: OpenStream;
  signal: AbortSignal;
}

function readingOf(scope: Scope, { run, stream, signal }: Open): StreamReading {
  const { checkpoint } = run;
  const how = checkpoint.isWhole
    ? { kind: "whole" as const, start: stream.start }
    : { kind: "changes" as const, since: stream.since ?? null };
  const known = (behind: string | null) => knownNames(scope, { run, streamId: stream.id }, behind);
  return { streamId: stream.id, how, after: checkpoint.after, known, signal };
}

function checkGetsOn(after: StreamReading["after"], { checkpoint }: SourcedRun, nothingNew: number): void {
  const isSame = after !== null && isDeepStrictEqual(after, checkpoint.after);
  if (!isSame && nothingNew < MOST_PAGES_OF_NOTHING_NEW) return;
  throw new ReadingEnded(
    "The source sends the same page again and again. What came until then is stored; try again later.",
    "failed",
  );
}
