import { sql } from "kysely";
import { type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type SourceState } from "~/features/pipeline/sourced/source-state";
import "~/features/pipeline/tables";
import { byChangedColumns, type Standing } from "~/platform/db/changed-columns";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Scope } from "~/platform/scope.server";

/** The records of a source by their names there: whether they are as they were, and how they stand. */

/** As it is stored. */
export interface SourceRecordRow {
  id: string;
  stream: string;
  remote_id: string;
  number: number;
  state: SourceState;
  hash: string;
  remote_changed_at: string | null;
  raw_record_id: string | null;
  taken_raw_id: string | null;
  subject_id: string | null;
  first_run_id: string;
  changed_run_id: string;
  gone_at: string | null;
  gone_why: "deleted" | "merged" | "unseen" | null;
  became: string | null;
  became_stream: string | null;
}

const columns = [
  ...(["id", "stream", "remote_id", "number", "state", "hash", "remote_changed_at", "raw_record_id"] as const),
  ...(["taken_raw_id", "subject_id", "first_run_id", "changed_run_id", "gone_at", "gone_why"] as const),
  ...(["became", "became_stream"] as const),
] as const;

export interface OfStream {
  run: Pick<SourcedRun, "id" | "connectorId" | "undone">;
  streamId: string;
}

/** All of a stream's. */
export function recordsOf(scope: Scope, { run, streamId }: OfStream) {
  return scope.db
    .selectFrom("source_records")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId);
}

/** Before all ids. Asked for what comes behind it, SQLite takes the index of what is open; else it goes through all records. */
export const NIL = "00000000-0000-0000-0000-000000000000";

/** All of them, in the words of the index over their numbers, to be said where that one is to be taken and nowhere else. */
export const isNumbered = sql<boolean>`number > 0`;

type OpenState = Extract<SourceState, "refused" | "held" | "going">;

/**
 * What waits for an answer, or for being refused no longer: few, beside many. In the words of the index that holds only
 * these; neither database takes it for others.
 */
const isOpen = sql<boolean>`state in ('refused', 'held', 'going')`;

/**
 * Those that stand as they are at the source, their numbers by their names: of a hundred thousand nearly all do.
 * `hashes`: by name, as they came.
 */
export async function findUnchanged(
  scope: Scope,
  { run, streamId }: OfStream,
  hashes: ReadonlyMap<string, string>,
): Promise<Map<string, number>> {
  const unchanged = new Map<string, number>();
  for (const some of valueChunks([...hashes.keys()])) {
    const { those } = await scope.db
      .selectFrom("source_records")
      .select((eb) =>
        packRows(scope.database.dialect, [eb.ref("remote_id"), eb.ref("number"), eb.ref("hash")]).as("those"),
      )
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", run.connectorId)
      .where("stream", "=", streamId)
      .where("remote_id", "in", some)
      .where("state", "in", ["standing", "kept"])
      .where("gone_at", "is", null)
      .$if(run.undone.length > 0, (query) => query.where("changed_run_id", "not in", run.undone))
      .executeTakeFirstOrThrow();
    for (const [id, number, hash] of fromJson<[string, number, string][]>(those ?? "[]")) {
      if (hashes.get(id) === hash) unchanged.set(id, number);
    }
  }
  return unchanged;
}

/** By name. */
export async function findNamed(
  scope: Scope,
  of: OfStream,
  names: readonly string[],
): Promise<Map<string, SourceRecordRow>> {
  const found = new Map<string, SourceRecordRow>();
  for (const some of valueChunks([...new Set(names)])) {
    const rows = await recordsOf(scope, of).where("remote_id", "in", some).execute();
    for (const row of rows) found.set(row.remote_id, row);
  }
  return found;
}

/** Those that are open in this state, in the order of their ids. */
export function listInState(
  scope: Scope,
  of: OfStream,
  { state, after = null, limit }: { state: OpenState; after?: string | null; limit: number },
): Promise<SourceRecordRow[]> {
  return recordsOf(scope, of)
    .where(isOpen)
    .where("state", "=", state)
    .where("id", ">", after ?? NIL)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** All of some subjects, of whichever stream; or those of them that are going. */
export function listOfSubjects(
  scope: Scope,
  connectorId: string,
  { subjectIds, state }: { subjectIds: readonly string[]; state?: "going" },
): Promise<SourceRecordRow[]> {
  return scope.db
    .selectFrom("source_records")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", subjectIds)
    .where("connector_id", "=", connectorId)
    .$if(state !== undefined, (query) => query.where("state", "=", state ?? "going"))
    .execute();
}

/** By id, in the order of their ids. */
export function listById(scope: Scope, of: OfStream, ids: readonly string[]): Promise<SourceRecordRow[]> {
  return recordsOf(scope, of).where("id", "in", ids).orderBy("id").execute();
}

/** Writes them as they stand now: new ones, and over those that are there, in what is another by now. A few statements. */
export async function writeSourceRecords(
  scope: Scope,
  { connectorId }: Pick<SourcedRun, "connectorId">,
  records: readonly Standing<SourceRecordRow>[],
): Promise<void> {
  for (const { changed, rows } of byChangedColumns(records, mutable)) {
    if (changed.length === 0) continue;
    for (const some of rowChunks(rows)) {
      await scope.db
        .insertInto("source_records")
        .values(some.map((row) => ({ account_id: scope.account.id, connector_id: connectorId, ...row })))
        .onConflict((conflict) =>
          conflict
            .columns(["account_id", "id"])
            .doUpdateSet((eb) => Object.fromEntries(changed.map((column) => [column, eb.ref(`excluded.${column}`)]))),
        )
        .execute();
    }
  }
}

const mutable = columns.filter((column) => !["id", "stream", "number", "first_run_id"].includes(column));

/** How many of a stream's records say here what they say at the source, and of how many something is here (`isHere`). */
export async function countStanding(
  scope: Scope,
  { run, streamId }: OfStream,
): Promise<{ standing: number; now: number }> {
  const { undone } = run;
  const { standing, now } = await scope.db
    .selectFrom("source_records")
    .select((eb) => {
      const isTrusted = undone.length === 0 ? eb.lit(true) : eb("changed_run_id", "not in", undone);
      const isTaken = eb.and([isTrusted, eb("state", "not in", ["gone", "left"])]);
      const isBack = undone.length === 0 ? eb.lit(false) : eb.not(eb.or([isTrusted, eb("first_run_id", "in", undone)]));
      const count = eb.fn.countAll<number>();
      return [
        count.filterWhere(eb.and([isTrusted, eb("state", "=", "standing")])).as("standing"),
        count.filterWhere(eb.and([eb("taken_raw_id", "is not", null), eb.or([isTaken, isBack])])).as("now"),
      ];
    })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId)
    .executeTakeFirstOrThrow();
  return { standing: Number(standing), now: Number(now) };
}

/** Of those that wait, how many are gone and how many say less. */
export async function countWaiting(scope: Scope, of: OfStream): Promise<{ gone: number; blanked: number }> {
  const rows = await scope.db
    .selectFrom("source_records")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", of.run.connectorId)
    .where("stream", "=", of.streamId)
    .where(isOpen)
    .where("state", "in", ["held", "going"])
    .groupBy("state")
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return { gone: counts.get("going") ?? 0, blanked: counts.get("held") ?? 0 };
}
