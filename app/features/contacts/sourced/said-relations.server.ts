import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

interface Asked {
  /** Of records of this connector nothing counts: what a run of it did is being undone. */
  notOf?: string | null;
}

/**
 * Which of these relationships some record at a source still says: one that stands, of the same two as it is today,
 * whichever contacts they were of when it came. It is theirs from now on, so that it goes with the last who says it.
 */
export async function keepSaid(
  scope: Scope,
  relationIds: readonly string[],
  { notOf = null }: Asked = {},
): Promise<ReadonlySet<string>> {
  const said = new Set<string>();
  for (const ids of valueChunks(relationIds)) {
    for (const link of await sayingSo(scope, ids, notOf)) {
      said.add(link.id);
      if (link.relation_id !== link.id) await handOver(scope, link);
    }
  }
  return said;
}

type Saying = Awaited<ReturnType<typeof sayingSo>>[number];

function sayingSo(scope: Scope, relationIds: readonly string[], notOf: string | null) {
  return scope.db
    .selectFrom("relationships as related")
    .innerJoin("contacts as one", (join) =>
      join.onRef("one.account_id", "=", "related.account_id").onRef("one.id", "=", "related.from_contact_id"),
    )
    .innerJoin("contacts as other", (join) =>
      join.onRef("other.account_id", "=", "related.account_id").onRef("other.id", "=", "related.to_contact_id"),
    )
    .innerJoin("contact_records as saying", (join) =>
      join.onRef("saying.account_id", "=", "one.account_id").onRef("saying.contact_id", "=", "one.id"),
    )
    .innerJoin("source_links as link", (join) =>
      join
        .onRef("link.account_id", "=", "saying.account_id")
        .onRef("link.source_record_id", "=", "saying.source_record_id")
        .onRef("link.type", "=", "related.type"),
    )
    .innerJoin("source_records as target", (join) =>
      join
        .onRef("target.account_id", "=", "link.account_id")
        .onRef("target.connector_id", "=", "link.connector_id")
        .onRef("target.stream", "=", "link.to_stream")
        .onRef("target.remote_id", "=", "link.to_remote_id"),
    )
    .innerJoin("contact_records as said", (join) =>
      join
        .onRef("said.account_id", "=", "target.account_id")
        .onRef("said.source_record_id", "=", "target.id")
        .onRef("said.contact_id", "=", "other.id"),
    )
    .select(["related.id", "link.relation_id"])
    .select(["link.source_record_id", "link.type", "link.to_stream", "link.to_remote_id"])
    .where("related.account_id", "=", scope.account.id)
    .where("related.id", "in", relationIds)
    .where("one.deleted_at", "is", null)
    .where("other.deleted_at", "is", null)
    .where("saying.withdrawn_at", "is", null)
    .where("said.withdrawn_at", "is", null)
    .$if(notOf !== null, (query) => query.where("link.connector_id", "!=", notOf))
    .execute();
}

/** No run made it for this link, so none that is undone takes it back. */
async function handOver(scope: Scope, { id, source_record_id, type, to_stream, to_remote_id }: Saying): Promise<void> {
  await scope.db
    .updateTable("source_links")
    .set({ relation_id: id, made_run_id: null })
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "=", source_record_id)
    .where("type", "=", type)
    .where("to_stream", "=", to_stream)
    .where("to_remote_id", "=", to_remote_id)
    .execute();
}
