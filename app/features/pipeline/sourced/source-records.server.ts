import { sql } from "kysely";
import { type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type SourceState } from "~/features/pipeline/sourced/source-state";
import "~/features/pipeline/tables";
import { byChangedColumns, type Standing } from "~/platform/db/changed-columns";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** The records of a source by their names there: whether they are as they were, and how they stand. */

/** As it is stored. */
export interface SourceRecordRow {
  id: string;
  stream: string;
  remote_id: string;
  state: SourceState;
  hash: string;
  remote_changed_at: string | null;
  raw_record_id: string | null;
  taken_raw_id: string | null;
  subject_id: string | null;
  first_run_id: string;
  changed_run_id: string;
  seen_run_id: string;
  gone_at: string | null;
  gone_why: "deleted" | "merged" | "unseen" | null;
  became: string | null;
  became_stream: string | null;
}

const columns = [
  ...(["id", "stream", "remote_id", "state", "hash", "remote_changed_at", "raw_record_id", "taken_raw_id"] as const),
  ...(["subject_id", "first_run_id", "changed_run_id", "seen_run_id", "gone_at", "gone_why"] as const),
  ...(["became", "became_stream"] as const),
] as const;

export interface OfStream {
  run: Pick<SourcedRun, "id" | "connectorId" | "undone">;
  streamId: string;
}

function those(scope: Scope, { run, streamId }: OfStream) {
  return scope.db
    .selectFrom("source_records")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId);
}

/**
 * What waits for an answer, or for being refused no longer: few, beside many. In the words of the index that holds only
 * these; SQLite takes it for no other.
 */
type OpenState = Extract<SourceState, "refused" | "held" | "going">;

const isOpen = sql<boolean>`state in ('refused', 'held', 'going')`;

/**
 * Marks those as seen that stand as they are at the source, for the first time in this run; says which. One statement
 * compares and marks: of a hundred thousand records nearly all are as they were.
 */
export async function markUnchanged(
  scope: Scope,
  { run, streamId }: OfStream,
  records: readonly { id: string; hash: string }[],
): Promise<Set<string>> {
  const unchanged = new Set<string>();
  for (const some of rowChunks(records)) {
    const rows = await scope.db
      .updateTable("source_records")
      .set({ seen_run_id: run.id })
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", run.connectorId)
      .where("stream", "=", streamId)
      .where(
        "remote_id",
        "in",
        some.map(({ id }) => id),
      )
      .where(
        "hash",
        "in",
        some.map(({ hash }) => hash),
      )
      .where("state", "in", ["standing", "kept"])
      .where("gone_at", "is", null)
      .where("seen_run_id", "!=", run.id)
      .$if(run.undone.length > 0, (query) => query.where("changed_run_id", "not in", run.undone))
      .returning("remote_id")
      .execute();
    for (const { remote_id } of rows) unchanged.add(remote_id);
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
    const rows = await those(scope, of).where("remote_id", "in", some).execute();
    for (const row of rows) found.set(row.remote_id, row);
  }
  return found;
}

/** Those that are open in one of these states, in the order of their ids. */
export function listInState(
  scope: Scope,
  of: OfStream,
  { states, after = null, limit }: { states: readonly OpenState[]; after?: string | null; limit: number },
): Promise<SourceRecordRow[]> {
  return those(scope, of)
    .where(isOpen)
    .where("state", "in", states)
    .$if(after !== null, (query) => query.where("id", ">", after ?? ""))
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** By id, in the order of their ids. */
export function listById(scope: Scope, of: OfStream, ids: readonly string[]): Promise<SourceRecordRow[]> {
  return those(scope, of).where("id", "in", ids).orderBy("id").execute();
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

const mutable = columns.filter((column) => !["id", "stream", "first_run_id"].includes(column));

/** How many of a stream's records say here what they say at the source. */
export async function countStanding(scope: Scope, { run, streamId }: OfStream): Promise<number> {
  const { count } = await scope.db
    .selectFrom("source_records")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId)
    .where("state", "=", "standing")
    .$if(run.undone.length > 0, (query) => query.where("changed_run_id", "not in", run.undone))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Of those that this run has seen, how many stand how. */
export async function countSeen(scope: Scope, { run, streamId }: OfStream): Promise<Map<SourceState, number>> {
  const rows = await scope.db
    .selectFrom("source_records")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId)
    .where("seen_run_id", "=", run.id)
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
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

/** Those that a whole reading has not seen, in the order of their names; what was known to be gone is left out. */
export function listUnseen(
  scope: Scope,
  of: OfStream,
  { after, limit }: { after: string; limit: number },
): Promise<SourceRecordRow[]> {
  return those(scope, of)
    .where("remote_id", ">", after)
    .where("seen_run_id", "!=", of.run.id)
    .where("state", "!=", "going")
    .where((eb) =>
      of.run.undone.length === 0
        ? eb("gone_at", "is", null)
        : eb.or([eb("gone_at", "is", null), eb("changed_run_id", "in", of.run.undone)]),
    )
    .orderBy("remote_id")
    .limit(limit)
    .execute();
}

/** Those that stand here in whatever way, in the order of their names: all that is not gone, and what was only so by an undone run. */
export function listThere(
  scope: Scope,
  of: OfStream,
  { after, limit }: { after: string; limit: number },
): Promise<SourceRecordRow[]> {
  return those(scope, of)
    .where("remote_id", ">", after)
    .where("state", "!=", "going")
    .where((eb) =>
      of.run.undone.length === 0
        ? eb("state", "!=", "gone")
        : eb.or([eb("state", "!=", "gone"), eb("changed_run_id", "in", of.run.undone)]),
    )
    .orderBy("remote_id")
    .limit(limit)
    .execute();
}
