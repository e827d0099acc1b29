import "~/features/changes/tables";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Which of a change set's contacts somebody looks after now, and looked after before it. */
export async function ownedBy(
  scope: Scope,
  ownerId: string,
  { changeSetId, subjectIds }: { changeSetId: string; subjectIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const owned = new Set<string>();
  if (!isId(ownerId)) return owned;
  for (const ids of valueChunks(subjectIds)) {
    const rows = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .where("owner_id", "=", ownerId)
      .execute();
    const now = rows.map(({ id }) => id);
    const before = await ownersBefore(scope, changeSetId, now);
    for (const id of now) if ((before.get(id) ?? ownerId) === ownerId) owned.add(id);
  }
  return owned;
}

/** Who looked after contacts before a change set, where they changed hands in it or since: the first change tells. */
async function ownersBefore(scope: Scope, changeSetId: string, ids: readonly string[]) {
  const found = new Map<string, string>();
  if (ids.length === 0) return found;
  const rows = await scope.db
    .selectFrom("change_entries")
    .select(["subject_id", "before"])
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", ids)
    .where("change_set_id", ">=", changeSetId)
    .where("before", "like", '%"ownerId":%')
    .orderBy("change_set_id")
    .orderBy("position")
    .execute();
  for (const { subject_id: id, before } of rows) {
    const said = before === null ? null : fromJson<{ ownerId?: string | null }>(before);
    if (said && "ownerId" in said && !found.has(id)) found.set(id, said.ownerId ?? "");
  }
  return found;
}
