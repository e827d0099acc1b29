import { type ContactKind } from "~/features/contacts/contact";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { type Scope } from "~/platform/scope.server";

export interface ChangedContact {
  id: string;
  name: string;
  kind: ContactKind;
  changedAt: string;
}

/** The contacts that were changed last, the latest first. */
export async function listChangedLast(scope: Scope, limit: number): Promise<ChangedContact[]> {
  const rows = await byKey(scope.db)
    .selectFrom("contacts")
    .select(["id", "name", "kind", "changed_at"])
    .where("account_id", "=", scope.account.id)
    .where("archived_at", "is", null)
    .where(seenBy(scope))
    .orderBy("changed_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ changed_at: changedAt, ...row }) => ({ ...row, changedAt }));
}
