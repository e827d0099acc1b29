/** What people say of a household, whatever is computed. */
import { lockContacts } from "~/features/contacts/hand-change.server";
import { recordChange } from "~/features/contacts/record-change.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface Saying {
  contactId: string;
  otherId: string;
  kind: "together" | "apart";
}

export type SayingResult =
  { ok: true; changeSetId: string | null } | { ok: false; reason: "not-found" | "same-contact" | "not-a-person" };

/** Says that two live together, or do not. Saying it again changes nothing; saying the other takes the first back. */
export function correctHousehold(scope: Scope, { contactId, otherId, kind }: Saying): Promise<SayingResult> {
  return inTransaction(scope, async (scope) => {
    if (contactId === otherId) return { ok: false, reason: "same-contact" };
    const found = await lockContacts(scope, [contactId, otherId]);
    if (found.length < 2) return { ok: false, reason: "not-found" };
    if (found.some((contact) => contact.kind !== "individual")) return { ok: false, reason: "not-a-person" };
    // Said once for each two: the lower id first, as the table wants it.
    const [lower = "", higher = ""] = found.map(({ id }) => id);
    const before = await readSaying(scope, lower, higher);
    if (before?.kind === kind) return { ok: true, changeSetId: null };
    const said = { kind, created_at: scope.clock.now(), created_by: scope.user?.id ?? null };
    await scope.db
      .insertInto("household_corrections")
      .values({ account_id: scope.account.id, contact_id: lower, other_contact_id: higher, ...said })
      .onConflict((conflict) => conflict.columns(["account_id", "contact_id", "other_contact_id"]).doUpdateSet(said))
      .execute();
    const changeSetId = await recordSaying(scope, found, { before, after: said });
    return { ok: true, changeSetId };
  });
}

type Said = { kind: Saying["kind"]; created_at: string; created_by: string | null };

/** One entry for each of the two, so that both histories tell it. */
function recordSaying(
  scope: Scope,
  two: readonly { id: string; name: string }[],
  { before, after }: { before: Said | null; after: Said },
): Promise<string> {
  const [contactId = "", otherContactId = ""] = two.map(({ id }) => id);
  const state = (said: Said | null, otherName: string) =>
    said && { kind: said.kind, at: said.created_at, by: said.created_by, contactId, otherContactId, otherName };
  return recordChange(scope, {
    action: after.kind === "together" ? "contact.household-joined" : "contact.household-parted",
    subject: { contactId, otherContactId },
    entries: two.map(({ id }) => {
      const otherName = two.find((other) => other.id !== id)?.name ?? "";
      return {
        subjectKind: "household",
        subjectId: id,
        before: state(before, otherName),
        after: state(after, otherName),
      };
    }),
  });
}

async function readSaying(scope: Scope, lower: string, higher: string) {
  const row = await scope.db
    .selectFrom("household_corrections")
    .select(["kind", "created_at", "created_by"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", lower)
    .where("other_contact_id", "=", higher)
    .executeTakeFirst();
  return row ?? null;
}
