import { type SourceLink } from "~/features/pipeline/sourced/source";
import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** What a record says that it stands in relation to, as it is written down. */
export interface Kept extends SourceLink {
  sourceRecordId: string;
  relationId: string | null;
  madeRunId: string | null;
}

export const same = (one: SourceLink) => `${one.type}\n${one.streamId}\n${one.id}`;

export const linkColumns = [
  "source_record_id",
  "type",
  "to_stream",
  "to_remote_id",
  "relation_id",
  "made_run_id",
] as const;

interface LinkRow {
  source_record_id: string;
  type: string;
  to_stream: string;
  to_remote_id: string;
  relation_id: string | null;
  made_run_id: string | null;
}

export function toKept(row: LinkRow): Kept {
  const { type, relation_id: relationId, made_run_id: madeRunId } = row;
  return {
    sourceRecordId: row.source_record_id,
    type,
    streamId: row.to_stream,
    id: row.to_remote_id,
    relationId,
    madeRunId,
  };
}

export async function listKept(scope: Scope, sourceRecordIds: readonly string[]): Promise<Kept[]> {
  if (sourceRecordIds.length === 0) return [];
  const rows = await scope.db
    .selectFrom("source_links")
    .select(linkColumns)
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", sourceRecordIds)
    .execute();
  return rows.map(toKept);
}

export async function writeKept(scope: Scope, connectorId: string, links: readonly Kept[]): Promise<void> {
  const rows = links.map((link) => ({
    ...{ account_id: scope.account.id, source_record_id: link.sourceRecordId, type: link.type },
    ...{ to_stream: link.streamId, to_remote_id: link.id, connector_id: connectorId },
    ...{ relation_id: link.relationId, made_run_id: link.madeRunId },
  }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("source_links")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["account_id", "source_record_id", "type", "to_stream", "to_remote_id"]).doUpdateSet((eb) => ({
          relation_id: eb.ref("excluded.relation_id"),
          made_run_id: eb.ref("excluded.made_run_id"),
        })),
      )
      .execute();
  }
}

export async function removeKept(scope: Scope, links: readonly Kept[]): Promise<void> {
  for (const { sourceRecordId, type, streamId, id } of links) {
    await scope.db
      .deleteFrom("source_links")
      .where("account_id", "=", scope.account.id)
      .where("source_record_id", "=", sourceRecordId)
      .where("type", "=", type)
      .where("to_stream", "=", streamId)
      .where("to_remote_id", "=", id)
      .execute();
  }
}
