/** What the contact's form saves: what the contact says and who looks after it, as one change. */
import { type ContactValues } from "~/features/contacts/contact";
import {
  type ContactEdit,
  createContact,
  type CreateResult,
  editContact,
  type EditResult,
} from "~/features/contacts/edit-contact.server";
import { assignOwner, type CannotAssign, cannotAssign } from "~/features/contacts/owners.server";
import { asOneChange, changeSetOf } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

type Unassigned = { ok: false; reason: CannotAssign };

/** `ownerId` null: nobody; undefined: whoever it would be. */
export function addContact(
  scope: Scope,
  { values, ownerId }: { values: ContactValues; ownerId?: string | null },
): Promise<CreateResult | Unassigned> {
  return inTransaction(asOneChange(scope), async (scope) => {
    const refused = ownerId === undefined ? null : await cannotAssign(scope, ownerId);
    if (refused) return { ok: false, reason: refused };
    const made = await createContact(scope, values);
    if (made.ok && ownerId !== undefined) await assignOwner(scope, [made.id], ownerId);
    return made;
  });
}

/** `ownerId` null: nobody; undefined: as it is. Where the edit is refused, nobody is given anything. */
export function saveContact(
  scope: Scope,
  contactId: string,
  { edit, ownerId }: { edit: ContactEdit; ownerId?: string | null },
): Promise<EditResult | Unassigned> {
  return inTransaction(asOneChange(scope), async (scope) => {
    const refused = ownerId === undefined ? null : await cannotAssign(scope, ownerId);
    if (refused) return { ok: false, reason: refused };
    const edited = await editContact(scope, contactId, edit);
    if (!edited.ok) return edited;
    if (ownerId !== undefined) await assignOwner(scope, [contactId], ownerId);
    return { ...edited, changeSetId: changeSetOf(scope) };
  });
}
