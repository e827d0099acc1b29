/** Takes back that a do-not-contact mark was set or lifted. A machine never lifts one; a person undoes their own. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type Channel, channelNames } from "~/features/contacts/consent/consent";
import { serveConsent } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

interface Mark {
  id: string;
  channel: Channel;
  reason: string | null;
  markedAt: string;
  markedBy: string | null;
  liftedAt: string | null;
  liftedBy: string | null;
}

export async function restoreMarks(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const [before, after] = [entry.before as Mark | null, entry.after as Mark | null];
    const { subjectId } = entry;
    const name = await lockContact(scope, subjectId);
    const one = before ?? after;
    if (!one) continue;
    const why = name === null ? "it was deleted since" : await refused(scope, { before, after });
    if (why === null) {
      await put(scope, subjectId, { before, after });
      back.entries.push({ ...entry, before: entry.after, after: entry.before });
    } else {
      const what = `do not contact: ${channelNames[one.channel]}`;
      back.leftAlone.push({ subjectId, name, what, why: why || undefined });
    }
  }
  await serveConsent(scope, [...new Set(back.entries.map((entry) => entry.subjectId))]);
  return back;
}

interface Sides {
  before: Mark | null;
  after: Mark | null;
}

/** Null: it can be put back; "": somebody changed it since. */
async function refused(scope: Scope, { before, after }: Sides): Promise<string | null> {
  const now = await findMark(scope, (before ?? after)?.id ?? "");
  if (JSON.stringify(now) !== JSON.stringify(after && inOrder(after))) return "";
  return isOpen(now) && !isOpen(before) && !isOwn(scope, { now, before })
    ? "somebody else set it; lift it instead"
    : null;
}

function isOpen(mark: Mark | null): boolean {
  return mark !== null && mark.liftedAt === null;
}

/** Their own mark, or one that they had lifted themselves before. */
function isOwn({ user }: Scope, { now, before }: { now: Mark | null; before: Mark | null }): boolean {
  return user !== null && [now?.markedBy, before?.liftedBy].includes(user.id);
}

async function put(scope: Scope, contactId: string, { before, after }: Sides): Promise<void> {
  const marks = scope.db.deleteFrom("do_not_contact_marks").where("account_id", "=", scope.account.id);
  await marks.where("id", "=", (before ?? after)?.id ?? "").execute();
  if (!before) return;
  await scope.db
    .insertInto("do_not_contact_marks")
    .values({
      ...{ account_id: scope.account.id, id: before.id, contact_id: contactId, channel: before.channel },
      ...{ reason: before.reason, marked_at: before.markedAt, marked_by: before.markedBy },
      ...{ lifted_at: before.liftedAt, lifted_by: before.liftedBy },
    })
    .execute();
}

function inOrder({ id, channel, reason, markedAt, markedBy, liftedAt, liftedBy }: Mark): Mark {
  return { id, channel, reason, markedAt, markedBy, liftedAt, liftedBy };
}

async function findMark(scope: Scope, id: string): Promise<Mark | null> {
  const row = await scope.db
    .selectFrom("do_not_contact_marks")
    .select(["id", "channel", "reason", "marked_at as markedAt", "marked_by as markedBy"])
    .select(["lifted_at as liftedAt", "lifted_by as liftedBy"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? inOrder(row) : null;
}

/** The contact's name; null when it is no longer there. */
async function lockContact(scope: Scope, contactId: string): Promise<string | null> {
  const row = await scope.db
    .selectFrom("contacts")
    .select("name")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
  return row?.name ?? null;
}
