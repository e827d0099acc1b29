import { sql } from "kysely";
import { type Arrival } from "~/features/pipeline/sourced/meet-records.server";
import { type OpenStream, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { hashOf } from "~/features/pipeline/sourced/prepare-record.server";
import { type Payload } from "~/features/pipeline/sourced/source";
import { NIL, type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** Records taken in once more from the raw zone, without asking the source. */

export async function storedArrivals(
  scope: Scope,
  stream: Pick<OpenStream, "taken">,
  rows: readonly SourceRecordRow[],
): Promise<Arrival[]> {
  const ids = rows.flatMap(({ raw_record_id }) => (raw_record_id === null ? [] : [raw_record_id]));
  if (ids.length === 0) return [];
  const raws = await scope.db
    .selectFrom("raw_records")
    .select(["id", "payload"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .execute();
  const payloads = new Map(raws.map(({ id, payload }) => [id, payload]));
  return rows.flatMap(({ remote_id: id, raw_record_id: storedRawId, remote_changed_at: changedAt }) => {
    const text = payloads.get(storedRawId ?? "");
    if (storedRawId === null || text === undefined) return [];
    const item = { id, payload: fromJson<Payload>(text), changedAt };
    return [{ item, hash: hashOf(stream, item), storedRawId }];
  });
}

/** Records of a stream that this run refused by a rule, in the order of their ids. */
export async function listRefusedInRun(
  scope: Scope,
  { run, streamId, rule }: { run: SourcedRun; streamId: string; rule: string },
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("source_records as record")
    .innerJoin("raw_records as raw", (join) =>
      join.onRef("raw.account_id", "=", "record.account_id").onRef("raw.id", "=", "record.raw_record_id"),
    )
    .innerJoin("refused_rows as refused", (join) =>
      join
        .onRef("refused.account_id", "=", "raw.account_id")
        .onRef("refused.run_id", "=", "raw.run_id")
        .onRef("refused.position", "=", "raw.position"),
    )
    .select("record.id")
    .distinct()
    .where("record.account_id", "=", scope.account.id)
    .where("record.connector_id", "=", run.connectorId)
    .where("record.stream", "=", streamId)
    // In the words of the index that holds only what is open.
    .where(sql<boolean>`record.state in ('refused', 'held', 'going')`)
    .where("record.state", "=", "refused")
    .where("raw.run_id", "=", run.id)
    .where("refused.rule", "=", rule)
    .where("record.id", ">", after ?? NIL)
    .orderBy("record.id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
