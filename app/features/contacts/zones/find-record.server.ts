import { type RecordData } from "~/features/contacts/compute-contact";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A canonical record with where it came from, down to what was received. */
export interface CanonicalRecord {
  id: string;
  contactId: string;
  contactName: string;
  source: "by-hand" | "file" | "connector";
  data: RecordData;
  at: string;
  who: string | null;
  /** Since when it no longer counts. */
  withdrawnAt: string | null;
  /** The run that brought it, with the settings it went by as JSON, and of a connector its provider. */
  run: { id: string; name: string; settings: string; provider: string | null } | null;
  /** What was received; null: it was typed. */
  raw: { id: string; line: number; payload: string } | null;
  /** The record at a connector's source that it is a version of. */
  atSource: { connectorId: string; stream: string; remoteId: string } | null;
}

/** Null: there is none, or the reader does not see the contact that it is about. One statement. */
export async function findRecord(scope: Scope, recordId: string): Promise<CanonicalRecord | null> {
  if (!isId(recordId)) return null;
  const row = await query(scope, recordId);
  if (!row) return null;
  const { id, contactId, contactName, source, data, at, who, withdrawnAt } = row;
  return {
    ...{ id, contactId, contactName, source, at, who, withdrawnAt },
    data: fromJson<RecordData>(data),
    run: runOf(row),
    raw: rawOf(row),
    atSource: atSource(row),
  };
}

type Row = NonNullable<Awaited<ReturnType<typeof query>>>;

function runOf({ runId, runName, settings, provider }: Row): CanonicalRecord["run"] {
  return runId === null || settings === null ? null : { id: runId, name: runName ?? "", settings, provider };
}

function rawOf({ rawId, line, payload }: Row): CanonicalRecord["raw"] {
  return rawId === null || payload === null ? null : { id: rawId, line: line ?? 0, payload };
}

function atSource({ connectorId, stream, remoteId }: Row): CanonicalRecord["atSource"] {
  return connectorId === null ? null : { connectorId, stream: stream ?? "", remoteId: remoteId ?? "" };
}

function query(scope: Scope, recordId: string) {
  return byKey(scope.db)
    .selectFrom("contact_records as record")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
    )
    .leftJoin("users as recorder", "recorder.id", "record.created_by")
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
    .select(["record.id", "record.contact_id as contactId", "contacts.name as contactName", "record.source"])
    .select(["connector.provider"])
    .select(["record.data", "record.observed_at as at", "recorder.name as who", "record.withdrawn_at as withdrawnAt"])
    .select(["run.id as runId", "run.file_name as runName", "run.settings"])
    .select(["raw.id as rawId", "raw.position as line", "raw.payload"])
    .select(["source.connector_id as connectorId", "source.stream", "source.remote_id as remoteId"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.id", "=", recordId)
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .executeTakeFirst();
}

/** The records that were made from a raw one, with their contacts, as far as the reader sees them. */
export async function listMadeFrom(
  scope: Scope,
  rawId: string,
): Promise<{ id: string; contactId: string; contactName: string; isWithdrawn: boolean }[]> {
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
    )
    .select(["record.id", "record.contact_id as contactId", "contacts.name as contactName", "record.withdrawn_at"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.raw_record_id", "=", rawId)
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .execute();
  return rows.map(({ withdrawn_at, ...row }) => ({ ...row, isWithdrawn: withdrawn_at !== null }));
}
