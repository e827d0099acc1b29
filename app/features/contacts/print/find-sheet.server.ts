import { findContact } from "~/features/contacts/detail/find-contact.server";
import { contactSheet, type ContactSheet } from "~/features/contacts/print/contact-sheet";
import { findLetterAddress } from "~/features/contacts/relationships/find-letter-address.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import { type Scope } from "~/platform/scope.server";

/** A contact's sheet, or null when the contact is not there for the reader. Two statements, and those of an estate's letters. */
export async function findSheet(scope: Scope, contactId: string): Promise<ContactSheet | null> {
  const contact = await findContact(scope, contactId);
  if (!contact) return null;
  const related = await listRelated(scope, contactId);
  const letter = contact.values.kind === "estate" ? await findLetterAddress(scope, contact) : null;
  const { account, place, user } = scope;
  return contactSheet({
    contact,
    letter,
    related,
    account,
    place,
    printedBy: user?.name ?? null,
    now: scope.clock.now(),
  });
}
