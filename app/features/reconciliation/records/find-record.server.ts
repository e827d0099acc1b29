import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { type Facts, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { factsIn, tableOf } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { byKey } from "~/platform/db/by-key.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** An order or a transaction with where it came from, down to what was received. */
export interface KeptRecord {
  id: string;
  facts: Facts;
  remoteId: string;
  source: "file" | "connector";
  goneAt: string | null;
  /** The run that brought it in as it is, with the settings that it went by as JSON, and of a connector its provider. */
  run: { id: string; name: string; settings: string; provider: string | null; startedAt: string | null } | null;
  raw: { id: string; line: number; payload: string } | null;
  /** The record at a connector's source that it is. */
  atSource: { connectorId: string; stream: string; remoteId: string } | null;
}

/** Null: there is none, or whoever asks sees only their own contacts. One statement. */
export async function findKeptRecord(scope: Scope, kind: RecordKind, recordId: string): Promise<KeptRecord | null> {
  if (scope.ownOnly || !isId(recordId)) return null;
  const row = await query(scope, kind, recordId);
  if (!row) return null;
  const { id, remoteId, goneAt, sourceRecordId } = row;
  return {
    ...{ id, remoteId, goneAt, source: sourceRecordId === null ? "file" : "connector" },
    facts: factsIn(Object.keys(kind.labels), row),
    run: runOf(row),
    raw: rawOf(row),
    atSource: atSource(row),
  };
}

type Row = NonNullable<Awaited<ReturnType<typeof query>>>;

function runOf({ runId, runName, settings, provider, startedAt }: Row): KeptRecord["run"] {
  return settings === null ? null : { id: runId, name: runName ?? "", settings, provider, startedAt };
}

function rawOf({ rawId, line, payload }: Row): KeptRecord["raw"] {
  return rawId === null || payload === null ? null : { id: rawId, line: line ?? 0, payload };
}

function atSource({ connectorId, stream, remoteId }: Row): KeptRecord["atSource"] {
  return connectorId === null ? null : { connectorId, stream: stream ?? "", remoteId };
}

function query(scope: Scope, kind: RecordKind, recordId: string) {
  return byKey(scope.db)
    .selectFrom(`${tableOf(kind)} as record`)
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("raw_records as raw", (join) =>
      join.onRef("raw.account_id", "=", "record.account_id").onRef("raw.id", "=", "record.raw_record_id"),
    )
    .leftJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "record.account_id").onRef("source.id", "=", "record.source_record_id"),
    )
    .leftJoin("connectors as connector", (join) =>
      join.onRef("connector.account_id", "=", "source.account_id").onRef("connector.id", "=", "source.connector_id"),
    )
    .select(["record.id", "record.remote_id as remoteId", "record.gone_at as goneAt", "record.run_id as runId"])
    .select(["record.source_record_id as sourceRecordId", "connector.provider"])
    .select(Object.keys(kind.labels).map((column) => `record.${column}` as "record.number"))
    .select(["run.file_name as runName", "run.settings", "run.started_at as startedAt"])
    .select(["raw.id as rawId", "raw.position as line", "raw.payload"])
    .select(["source.connector_id as connectorId", "source.stream"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.id", "=", recordId)
    .executeTakeFirst();
}
