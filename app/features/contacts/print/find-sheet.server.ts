import { findContact } from "~/features/contacts/find-contact.server";
import { contactSheet, type ContactSheet, type SheetMark } from "~/features/contacts/print/contact-sheet";
import { listRelated } from "~/features/contacts/related.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** A contact's sheet, or null when the contact is not there for the reader. Three statements. */
export async function findSheet(scope: Scope, contactId: string): Promise<ContactSheet | null> {
  const contact = await findContact(scope, contactId);
  if (!contact) return null;
  const [related, marks] = await Promise.all([listRelated(scope, contactId), openMarks(scope, contactId)]);
  const { account, place, user } = scope;
  return contactSheet({
    contact,
    related,
    marks,
    account,
    place,
    printedBy: user?.name ?? null,
    now: scope.clock.now(),
  });
}

async function openMarks(scope: Scope, contactId: string): Promise<SheetMark[]> {
  const rows = await scope.db
    .selectFrom("do_not_contact_marks as mark")
    .leftJoin("users as marker", "marker.id", "mark.marked_by")
    .select(["mark.channel", "mark.reason", "mark.marked_at", "marker.name as by"])
    .where("mark.account_id", "=", scope.account.id)
    .where("mark.contact_id", "=", contactId)
    .where("mark.lifted_at", "is", null)
    .orderBy("mark.channel")
    .orderBy("mark.marked_at")
    .orderBy("mark.id")
    .execute();
  return rows.map(({ channel, reason, marked_at, by }) => ({ channel, reason, markedAt: marked_at, by }));
}
