/** Takes back what somebody said of two contacts' household. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

interface Said {
  kind: "together" | "apart";
  at: string;
  by: string | null;
  contactId: string;
  otherContactId: string;
  otherName: string | null;
}

/** Each stands in two entries, one for each of the two contacts. */
export async function restoreHouseholds(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  const results = new Map<string, boolean>();
  for (const entry of entries) {
    const [before, after] = [entry.before as Said | null, entry.after as Said | null];
    const one = before ?? after;
    if (!one) continue;
    const key = `${one.contactId} ${one.otherContactId}`;
    const done = results.get(key) ?? (await restoreOne(scope, one, { before, after }));
    if (done) back.entries.push({ ...entry, before: entry.after, after: entry.before });
    else if (!results.has(key)) {
      back.leftAlone.push({ subjectId: entry.subjectId, name: one.otherName, what: "the same household or not" });
    }
    results.set(key, done);
  }
  return back;
}

async function restoreOne(scope: Scope, one: Said, { before, after }: Record<"before" | "after", Said | null>) {
  const there = await lockBoth(scope, one);
  const now = await findSaid(scope, one);
  if (!there || now?.kind !== after?.kind || now?.created_at !== after?.at) return false;
  await scope.db
    .deleteFrom("household_corrections")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", one.contactId)
    .where("other_contact_id", "=", one.otherContactId)
    .execute();
  if (!before) return true;
  await scope.db
    .insertInto("household_corrections")
    .values({
      ...{ account_id: scope.account.id, contact_id: before.contactId, other_contact_id: before.otherContactId },
      ...{ kind: before.kind, created_at: before.at, created_by: before.by },
    })
    .execute();
  return true;
}

async function findSaid(scope: Scope, { contactId, otherContactId }: Said) {
  return scope.db
    .selectFrom("household_corrections")
    .select(["kind", "created_at"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .where("other_contact_id", "=", otherContactId)
    .executeTakeFirst();
}

/** Whether both contacts are still there, deleted or not; held to the end of the transaction. */
async function lockBoth(scope: Scope, { contactId, otherContactId }: Said): Promise<boolean> {
  const rows = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [contactId, otherContactId])
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
  return rows.length === 2;
}
