import "~/features/contacts/tables";
import { runsOf } from "~/features/contacts/undo/swap-versions.server";
import { type Scope } from "~/platform/scope.server";

/** Contacts of which a change has brought or ended records, some at a time. */
export async function touchedBy(
  scope: Scope,
  changeSetId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ id: string }[]> {
  const runIds = await runsOf(scope, changeSetId);
  if (runIds.length === 0) return [];
  const records = (which: "run_id" | "ended_run_id") =>
    scope.db
      .selectFrom("contact_records as record")
      .innerJoin("contacts", (join) =>
        join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
      )
      .select("record.contact_id as id")
      .distinct()
      .where("record.account_id", "=", scope.account.id)
      .where(`record.${which}`, "is not", null)
      .where(`record.${which}`, "in", runIds)
      .where("record.withdrawn_at", which === "run_id" ? "is" : "is not", null)
      .where("contacts.deleted_at", "is", null)
      .$if(after !== null, (query) => query.where("record.contact_id", ">", after ?? ""))
      .orderBy("record.contact_id")
      .limit(limit)
      .execute();
  const ids = [...(await records("run_id")), ...(await records("ended_run_id"))].map(({ id }) => id);
  const first = [...new Set(ids)].sort().slice(0, limit);
  return first.map((id) => ({ id }));
}
