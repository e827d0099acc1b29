/** Takes back what was said of a household. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

interface Saying {
  kind: "together" | "apart";
  at: string;
  by: string | null;
  contactId: string;
  otherContactId: string;
  otherName: string | null;
}

/** Each stands in two entries, one for each of the two contacts. */
export async function restoreHousehold(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  const put = new Map<string, boolean>();
  for (const entry of entries) {
    const [before, after] = [entry.before as Saying | null, entry.after as Saying | null];
    const one = after ?? before;
    if (!one) continue;
    const key = `${one.contactId} ${one.otherContactId}`;
    if (!put.has(key)) put.set(key, await putBack(scope, one, { before, after }));
    if (put.get(key)) back.entries.push({ ...entry, before: entry.after, after: entry.before });
    else back.leftAlone.push({ subjectId: entry.subjectId, name: one.otherName, what: "household" });
  }
  return back;
}

/** False where somebody has said something else since. */
async function putBack(
  scope: Scope,
  { contactId, otherContactId }: Saying,
  { before, after }: { before: Saying | null; after: Saying | null },
): Promise<boolean> {
  const now = await scope.db
    .selectFrom("household_corrections")
    .select(["kind", "created_at"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .where("other_contact_id", "=", otherContactId)
    .$if(scope.database.dialect === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  if (now?.kind !== after?.kind || now?.created_at !== after?.at) return false;
  await scope.db
    .deleteFrom("household_corrections")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .where("other_contact_id", "=", otherContactId)
    .execute();
  if (!before) return true;
  const said = { kind: before.kind, created_at: before.at, created_by: before.by };
  await scope.db
    .insertInto("household_corrections")
    .values({ account_id: scope.account.id, contact_id: contactId, other_contact_id: otherContactId, ...said })
    .execute();
  return true;
}
