/** The commands that mark a contact as not to be reached by a channel, and lift such a mark. */
import { type Channel, channels } from "~/features/contacts/consent/consent";
import { recordChange } from "~/features/contacts/record-change.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { serveConsent } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** `changeSetId`: by which it can be undone; null where nothing was changed. */
export type MarkResult =
  { ok: true; marked: Channel[]; changeSetId: string | null } | { ok: false; reason: "not-found" };

/**
 * Says of a contact, archived or not, which channels are not to be used. What is said already for the same reason is
 * not said again; another reason stands beside it. A machine may do this.
 */
export function markDoNotContact(
  scope: Scope,
  contactId: string,
  { channels: wanted, reason }: { channels: readonly Channel[]; reason: string | null },
): Promise<MarkResult> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockContact(scope, contactId))) return { ok: false, reason: "not-found" };
    const open = (await readMarks(scope, contactId)).filter((mark) => mark.lifted_at === null);
    const rows = channels
      .filter((channel) => wanted.includes(channel))
      .filter((channel) => !open.some((mark) => mark.channel === channel && mark.reason === reason))
      .map((channel) => ({
        account_id: scope.account.id,
        id: newId(),
        contact_id: contactId,
        channel,
        reason,
        marked_at: scope.clock.now(),
        marked_by: scope.user?.id ?? null,
        lifted_at: null,
        lifted_by: null,
      }));
    if (rows.length === 0) return { ok: true, marked: [], changeSetId: null };
    await scope.db.insertInto("do_not_contact_marks").values(rows).execute();
    await serveConsent(scope, [contactId]);
    const changeSetId = await recordChange(scope, {
      action: "contact.marked",
      subject: { contactId },
      fields: rows.map((row) => row.channel),
      entries: rows.map((row) => entry(contactId, null, toState(row))),
    });
    return { ok: true, marked: rows.map((row) => row.channel), changeSetId };
  });
}

export type LiftResult =
  { ok: true; channel: Channel; changeSetId: string | null } | { ok: false; reason: "not-found" | "only-a-person" };

/** Takes a mark back, and keeps that it was there. Idempotent. Only a person may: consent never gets laxer by machine. */
export function liftMark(
  scope: Scope,
  { contactId, markId }: { contactId: string; markId: string },
): Promise<LiftResult> {
  return inTransaction(scope, async (scope) => {
    if (!scope.user) return { ok: false, reason: "only-a-person" };
    if (!(await lockContact(scope, contactId))) return { ok: false, reason: "not-found" };
    const mark = (await readMarks(scope, contactId)).find(({ id }) => id === markId);
    if (!mark) return { ok: false, reason: "not-found" };
    if (mark.lifted_at !== null) return { ok: true, channel: mark.channel, changeSetId: null };
    const lifted = { lifted_at: scope.clock.now(), lifted_by: scope.user.id };
    await scope.db
      .updateTable("do_not_contact_marks")
      .set(lifted)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", markId)
      .execute();
    await serveConsent(scope, [contactId]);
    const changeSetId = await recordChange(scope, {
      action: "contact.mark-lifted",
      subject: { contactId, markId },
      fields: [mark.channel],
      entries: [entry(contactId, toState(mark), toState({ ...mark, ...lifted }))],
    });
    return { ok: true, channel: mark.channel, changeSetId };
  });
}

async function lockContact(scope: Scope, contactId: string): Promise<boolean> {
  if (!isId(contactId)) return false;
  const row = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .$call(lockRows(scope))
    .executeTakeFirst();
  return row !== undefined;
}

function readMarks(scope: Scope, contactId: string) {
  return scope.db
    .selectFrom("do_not_contact_marks")
    .select(["id", "channel", "reason", "marked_at", "marked_by", "lifted_at", "lifted_by"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .execute();
}

type MarkRow = Awaited<ReturnType<typeof readMarks>>[number];

/** A whole mark, so that an undo can put it back as it was. */
function toState({ id, channel, reason, marked_at, marked_by, lifted_at, lifted_by }: MarkRow) {
  return {
    id,
    channel,
    reason,
    markedAt: marked_at,
    markedBy: marked_by,
    liftedAt: lifted_at,
    liftedBy: lifted_by,
  };
}

function entry(contactId: string, before: ReturnType<typeof toState> | null, after: ReturnType<typeof toState>) {
  return { subjectKind: "do-not-contact", subjectId: contactId, before, after };
}
