import { addEntries } from "~/features/changes/changes.server";
import { withBeside } from "~/features/pipeline/subject-beside";
import { dropLinks } from "~/features/pipeline/sourced/links.server";
import { type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import {
  findNamed,
  listInState,
  listOfSubjects,
  type SourceRecordRow,
  writeSourceRecords,
} from "~/features/pipeline/sourced/source-records.server";
import { RECORDS_AT_ONCE } from "~/features/pipeline/sourced/take-page.server";
import { type SourcedCheckpoint, type StreamCounts } from "~/features/pipeline/sourced/sourced-settings.server";
import { standingNow, withAgain, withCounts } from "~/features/pipeline/sourced/tally.server";
import { isThere, listThere } from "~/features/pipeline/sourced/unseen-records.server";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Follows some of what is gone at the source. All that is gone of a subject goes at once, so that each subject is told of
 * and counted once. Null: there is nothing left.
 */
export async function followGone(scope: Scope, taking: Taking): Promise<SourcedRun | null> {
  const { run, stream } = taking;
  return inTransaction(scope, async (scope) => {
    const some = await listInState(scope, { run, streamId: stream.id }, { state: "going", limit: RECORDS_AT_ONCE });
    if (some.length === 0) return null;
    const alsoGoing = await goingWith(scope, run, { rows: some, state: "going" });
    // Others have their own question.
    const theirs = alsoGoing.filter((row) => row.stream === stream.id);
    return follow(scope, taking, { rows: together(some, theirs), alsoGoing });
  });
}

interface SomeAway {
  run: SourcedRun;
  /** The number behind which it goes on; null: there is nothing left. */
  after: number | null;
}

/** Takes some of a stream away as if it were gone at the source, with what there is of the same subjects in others. */
export async function takeSomeAway(scope: Scope, taking: Taking, after: number): Promise<SomeAway> {
  const { run, stream } = taking;
  return inTransaction(scope, async (scope) => {
    const some = await listThere(scope, { run, streamId: stream.id }, { after, limit: RECORDS_AT_ONCE });
    if (some.rows.length === 0) return { run, after: null };
    const all = await goingWith(scope, run, { rows: some.rows });
    const theirs = all.filter((row) => run.streams.some(({ id }) => id === row.stream) && isThere(run, row));
    const rows = together(some.rows, theirs);
    const alsoGoing = together(
      rows,
      all.filter(({ state }) => state === "going"),
    );
    const goes = rows.map((row) => ({ before: row, now: { ...row, changed_run_id: run.id } }));
    const marked = { ...run, checkpoint: withAgain(run.checkpoint, run, goes) };
    return { run: await follow(scope, { ...taking, run: marked }, { rows, alsoGoing }), after: some.after };
  });
}

function together(some: readonly SourceRecordRow[], more: readonly SourceRecordRow[]): SourceRecordRow[] {
  const ids = new Set(some.map(({ id }) => id));
  return [...some, ...more.filter(({ id }) => !ids.has(id))];
}

interface Following {
  rows: readonly SourceRecordRow[];
  /** With them, be it in another batch. */
  alsoGoing: readonly SourceRecordRow[];
}

async function follow(scope: Scope, taking: Taking, { rows, alsoGoing }: Following): Promise<SourcedRun> {
  const { run, stream } = taking;
  await taking.source.mayGoOn(scope);
  const at = scope.clock.now();
  const into = await becameOf(scope, { run, streamId: stream.id }, rows);
  const { entries, stays, stood, archived, lessened, unmoved } = await stream.sourced.withdraw(scope, {
    ...{ runId: run.id, sourceName: run.name, at, startedBy: run.startedBy },
    records: rows.map((row) => ({ sourceRecordId: row.id, intoSourceRecordId: into.get(row.id) ?? null })),
    alsoGoing: alsoGoing.map(({ id }) => id),
    told: Object.values(run.checkpoint.streams).flatMap(({ told }) => (told ? [told] : [])),
  });
  const dropped = await dropLinks(scope, taking, [...stays]);
  const gone = rows.map((row) => ({
    before: row,
    now: {
      ...{ ...row, state: "gone" as const, gone_why: row.gone_why ?? ("unseen" as const) },
      ...{ gone_at: at, changed_run_id: run.id },
    },
  }));
  await writeSourceRecords(scope, run, gone);
  const all = [...entries, ...dropped.entries];
  const first = run.checkpoint.entries + 1;
  await addEntries(
    scope,
    run.changeSetId,
    all.map((entry, index) => ({ ...entry, position: first + index })),
  );
  const beside = { archived, lessened, unmoved, unrelated: dropped.unrelated };
  // Of what was never taken in there is nothing to take away, though it may well be gone at the source.
  const taken = run.settings.takesAway ? stood : rows.length;
  const idle = (run.checkpoint.idle ?? 0) + rows.length - taken;
  const done: SourcedCheckpoint = {
    ...withBeside(run.checkpoint, beside),
    idle,
    entries: run.checkpoint.entries + all.length,
  };
  const counted = run.streams.reduce((checkpoint, { id }) => {
    const ofStream = gone.filter(({ now }) => now.stream === id);
    return withCounts(checkpoint, id, standingNow(run, ofStream));
  }, done);
  const checkpoint = withCounts(counted, stream.id, toldUpTo(first, done.entries));
  return advanceSourced(scope, run, { added: { gone: taken }, checkpoint });
}

/** With these entries, of which the first stands here. */
const toldUpTo =
  (first: number, last: number) =>
  ({ told }: Pick<StreamCounts, "told">): Pick<StreamCounts, "told"> =>
    last < first ? {} : { told: [told?.[0] ?? first, last] };

/** The source records of what they were merged into, by their own. */
async function becameOf(
  scope: Scope,
  of: Parameters<typeof findNamed>[1],
  rows: readonly SourceRecordRow[],
): Promise<ReadonlyMap<string, string>> {
  const into = new Map<string, string>();
  const streams = new Set(rows.map(({ stream, became_stream }) => became_stream ?? stream));
  for (const streamId of streams) {
    const merged = rows.filter(({ stream, became, became_stream }) => became && (became_stream ?? stream) === streamId);
    const found = await findNamed(
      scope,
      { ...of, streamId },
      merged.flatMap(({ became }) => became ?? []),
    );
    for (const { id, became } of merged) {
      const known = found.get(became ?? "");
      if (known) into.set(id, known.id);
    }
  }
  return into;
}

/** All there is of the same subjects, in whichever stream, or all of it that is going: so that their order decides nothing. */
async function goingWith(
  scope: Scope,
  { connectorId }: SourcedRun,
  { rows, state }: { rows: readonly SourceRecordRow[]; state?: "going" },
): Promise<SourceRecordRow[]> {
  const subjectIds = [...new Set(rows.flatMap(({ subject_id }) => (subject_id === null ? [] : [subject_id])))];
  return subjectIds.length === 0 ? [] : listOfSubjects(scope, connectorId, { subjectIds, state });
}
