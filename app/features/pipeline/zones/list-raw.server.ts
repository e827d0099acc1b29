/** The raw zone, to browse: the newest records first, those of one run in their order, or those of a source by name. */
import { type Outcome } from "~/features/pipeline/zones/raw-record";
import { type SourceState } from "~/features/pipeline/sourced/source-state";
import "~/features/pipeline/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export const RAW_PAGE = 50;

export interface RawRow {
  /** Of the raw record; null: no version of it is stored. */
  id: string | null;
  /** As the source calls it; null: it is a row of a file. */
  remoteId: string | null;
  stream: string | null;
  connectorId: string | null;
  /** Its connector's, also where that was deleted. */
  provider: string | null;
  /** As its connector has them. */
  streams: string | null;
  /** Its place in the run: of a file the line. */
  position: number | null;
  outcome: Outcome | null;
  /** Of a record at a source how it stands. */
  state: SourceState | null;
  runId: string | null;
  /** The file, or how the connector was called. */
  from: string;
  at: string | null;
}

export interface RawPage {
  rows: RawRow[];
  /** What to ask for to go on. */
  after: string | null;
}

export interface RawFilters {
  connectorId: string | null;
  stream: string | null;
  runId: string | null;
  /** What a record is called at its source: all of it. */
  remoteId: string | null;
}

/** All that an account can have: a search by name goes through them by their index. */
export interface Known {
  connectorIds: readonly string[];
  streams: readonly string[];
}

/** Ids that are none find nothing. */
export function listRaw(
  scope: Scope,
  filters: RawFilters,
  { after, known }: { after: string | null; known: Known },
): Promise<RawPage> {
  const { connectorId, runId } = filters;
  if ([connectorId, runId].some((id) => id !== null && !isId(id))) return Promise.resolve({ rows: [], after: null });
  if (runId !== null) return listOfRun(scope, runId, after);
  if (connectorId !== null || filters.remoteId !== null) {
    return listAtSource(scope, within(filters, known), after);
  }
  return listNewest(scope, after);
}

function rawRows(scope: Scope) {
  return scope.db
    .selectFrom("raw_records as raw")
    .innerJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "raw.account_id").onRef("run.id", "=", "raw.run_id"),
    )
    .leftJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "raw.account_id").onRef("source.id", "=", "raw.source_record_id"),
    )
    .leftJoin("connectors as connector", (join) =>
      join.onRef("connector.account_id", "=", "run.account_id").onRef("connector.id", "=", "run.connector_id"),
    )
    .select(["connector.provider", "connector.streams"])
    .select(["raw.id", "raw.position", "raw.outcome", "raw.run_id as runId", "run.file_name as from"])
    .select([
      "run.started_at as at",
      "source.remote_id as remoteId",
      "source.stream",
      "source.connector_id as connectorId",
    ])
    .where("raw.account_id", "=", scope.account.id)
    .limit(RAW_PAGE + 1);
}

async function listNewest(scope: Scope, after: string | null): Promise<RawPage> {
  const rows = await rawRows(scope)
    .$if(after !== null && isId(after), (query) => query.where("raw.id", "<", after ?? ""))
    .orderBy("raw.id", "desc")
    .execute();
  return page(rows.map(toRow), (row) => row.id ?? "");
}

async function listOfRun(scope: Scope, runId: string, after: string | null): Promise<RawPage> {
  const behind = /^\d{1,9}$/.test(after ?? "") ? Number(after) : 0;
  const rows = await rawRows(scope)
    .where("raw.run_id", "=", runId)
    .where("raw.position", ">", behind)
    .orderBy("raw.position")
    .execute();
  return page(rows.map(toRow), (row) => String(row.position ?? ""));
}

function toRow(row: Omit<RawRow, "state" | "from"> & { from: string | null }): RawRow {
  return { ...row, state: null, from: row.from ?? "" };
}

interface AtSource extends Known {
  remoteId: string | null;
}

function within({ connectorId, stream, remoteId }: RawFilters, known: Known): AtSource {
  return {
    remoteId,
    connectorIds: connectorId === null ? known.connectorIds : [connectorId],
    streams: stream === null ? known.streams : [stream],
  };
}

/** Records of connectors, each once, with its newest version: in the order of what they are called there. */
async function listAtSource(scope: Scope, filters: AtSource, after: string | null): Promise<RawPage> {
  const { connectorIds, streams, remoteId } = filters;
  const place = placeIn(after);
  if (connectorIds.length === 0 || streams.length === 0) return { rows: [], after: null };
  const rows = await scope.db
    .selectFrom("source_records as source")
    .leftJoin("raw_records as raw", (join) =>
      join.onRef("raw.account_id", "=", "source.account_id").onRef("raw.id", "=", "source.raw_record_id"),
    )
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "raw.account_id").onRef("run.id", "=", "raw.run_id"),
    )
    .innerJoin("connectors as connector", (join) =>
      join.onRef("connector.account_id", "=", "source.account_id").onRef("connector.id", "=", "source.connector_id"),
    )
    .select(["connector.provider", "connector.streams"])
    .select(["raw.id", "raw.position", "raw.outcome", "raw.run_id as runId", "run.file_name as from"])
    .select([
      "run.started_at as at",
      "source.remote_id as remoteId",
      "source.stream",
      "source.connector_id as connectorId",
      "source.state",
    ])
    .where("source.account_id", "=", scope.account.id)
    .where("source.connector_id", "in", connectorIds)
    .where("source.stream", "in", streams)
    .$if(remoteId !== null, (query) => query.where("source.remote_id", "=", remoteId ?? ""))
    .$if(place !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple("source.stream", "source.remote_id"), ">", eb.tuple(place?.stream ?? "", place?.remoteId ?? "")),
      ),
    )
    .orderBy("source.stream")
    .orderBy("source.remote_id")
    .limit(RAW_PAGE + 1)
    .execute();
  const all = rows.map((row): RawRow => ({ ...row, from: row.from ?? "" }));
  return page(all, ({ stream, remoteId }) => `${stream}/${remoteId}`);
}

/** A stream's id has no slash. */
function placeIn(after: string | null): { stream: string; remoteId: string } | null {
  const slash = after?.indexOf("/") ?? -1;
  return after === null || slash < 0 ? null : { stream: after.slice(0, slash), remoteId: after.slice(slash + 1) };
}

function page(rows: RawRow[], placeOf: (row: RawRow) => string): RawPage {
  const last = rows[RAW_PAGE - 1];
  return { rows: rows.slice(0, RAW_PAGE), after: rows.length > RAW_PAGE && last ? placeOf(last) : null };
}
