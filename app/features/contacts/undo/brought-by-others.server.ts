import "~/features/changes/tables";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Contacts for which a record of another run stands than that with which this line of undoing and redoing began: deleted
 * again, they would be missing, while the other run's receipt says that they are here. None where it began with no run.
 */
export async function broughtByOthers(
  scope: Scope,
  changeSetId: string,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const ids of valueChunks(contactIds)) {
    const rows = await scope.db
      .selectFrom("contact_records as record")
      .innerJoin("runs as bringing", (join) =>
        join.onRef("bringing.account_id", "=", "record.account_id").onRef("bringing.id", "=", "record.run_id"),
      )
      .innerJoin("change_sets as undoing", "undoing.account_id", "record.account_id")
      .innerJoin("runs as first", (join) =>
        join
          .onRef("first.account_id", "=", "undoing.account_id")
          .on("first.change_set_id", "=", (eb) => eb.fn.coalesce("undoing.root_id", "undoing.id"))
          .onRef("first.change_set_id", "!=", "bringing.change_set_id"),
      )
      .select("record.contact_id")
      .distinct()
      .where("record.account_id", "=", scope.account.id)
      .where("record.contact_id", "in", ids)
      .where("record.withdrawn_at", "is", null)
      .where("undoing.id", "=", changeSetId)
      .execute();
    for (const row of rows) found.add(row.contact_id);
  }
  return found;
}
