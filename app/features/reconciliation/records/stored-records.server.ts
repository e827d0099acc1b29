/** Reads and writes orders and transactions, both alike. Amounts are text outside of the database. */
import { type Facts, type RecordKind, type StoredRecord } from "~/features/reconciliation/records/record-kind";
import "~/features/reconciliation/records/tables";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** By which of its columns records are looked for: one origin's by their names, a connector's by its source records, or by id. */
export type Wanted =
  | { by: "name"; origin: string; names: readonly string[] }
  | { by: "source_record_id" | "id" | "raw_record_id"; ids: readonly string[] };

/** Held to the end of the transaction where `lock` says so. */
export async function findRecords(
  scope: Scope,
  kind: RecordKind,
  { wanted, lock }: { wanted: Wanted; lock: boolean },
): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  for (const values of valueChunks(wanted.by === "name" ? wanted.names : wanted.ids)) {
    const rows = await scope.db
      .selectFrom(tableOf(kind))
      .select(["id", "origin", "remote_id", "source_record_id", "raw_record_id", "run_id", "hash", "gone_at"])
      .select(columnsOf(kind))
      .where("account_id", "=", scope.account.id)
      .$if(wanted.by === "name", (query) =>
        query
          .where("origin", "=", wanted.by === "name" ? wanted.origin : "")
          .where("remote_id", "in", values)
          .where("source_record_id", "is", null),
      )
      .$if(wanted.by !== "name", (query) => query.where(wanted.by === "name" ? "id" : wanted.by, "in", values))
      .orderBy("id")
      .$if(lock, lockRows(scope))
      .execute();
    found.push(...rows.map((row) => stored(kind, row)));
  }
  return found;
}

/** Writes records anew, those that are there in the place of what they were. */
export async function putRecords(scope: Scope, kind: RecordKind, records: readonly StoredRecord[]): Promise<void> {
  const rows = records.map(({ id, facts, ...record }) => ({
    ...{ account_id: scope.account.id, id, origin: record.origin, remote_id: record.remoteId },
    ...{ source_record_id: record.sourceRecordId, raw_record_id: record.rawRecordId, run_id: record.runId },
    ...{ hash: record.hash, gone_at: record.goneAt },
    ...Object.fromEntries(Object.keys(kind.labels).map((column) => [column, toColumn(column, facts[column] ?? null)])),
  }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto(tableOf(kind))
      .values(some as never)
      .execute();
  }
}

export async function dropRecords(scope: Scope, kind: RecordKind, ids: readonly string[]): Promise<void> {
  for (const some of valueChunks(ids)) {
    await scope.db
      .deleteFrom(tableOf(kind))
      .where("account_id", "=", scope.account.id)
      .where("id", "in", some)
      .execute();
  }
}

/** Both tables have the columns that are named here; those that only one has go by `labels`. */
export function tableOf({ table }: RecordKind): "orders" {
  return table as "orders";
}

function columnsOf({ labels }: RecordKind): "number"[] {
  return Object.keys(labels) as "number"[];
}

const isMinor = (column: string) => column.endsWith("_minor");

function toColumn(column: string, value: string | number | null): string | number | bigint | null {
  return isMinor(column) && value !== null ? BigInt(value) : value;
}

interface Row {
  id: string;
  origin: string;
  remote_id: string;
  source_record_id: string | null;
  raw_record_id: string;
  run_id: string;
  hash: string;
  gone_at: string | null;
}

function stored({ labels }: RecordKind, row: Row): StoredRecord {
  return {
    ...{ id: row.id, origin: row.origin, remoteId: row.remote_id, sourceRecordId: row.source_record_id },
    ...{ rawRecordId: row.raw_record_id, runId: row.run_id, hash: row.hash, goneAt: row.gone_at },
    facts: factsIn(Object.keys(labels), row),
  };
}

/** Amounts as text. */
export function factsIn(columns: readonly string[], row: object): Facts {
  const values = row as Readonly<Record<string, string | number | bigint | null>>;
  const plain = (column: string) => {
    const value = values[column] ?? null;
    return typeof value === "bigint" ? String(value) : value;
  };
  return Object.fromEntries(columns.map((column) => [column, plain(column)]));
}
