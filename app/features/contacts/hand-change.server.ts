/** What a person's change of a contact begins with and ends in: the contact held, and told of so that it can be undone. */
import { type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, fieldsIn } from "~/features/contacts/contact";
import { type Pin, type RecordData } from "~/features/contacts/by-hand.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { loadMembers } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export type Pins = Partial<Record<ContactField, Pin>>;

/** What a person can change of a contact, whole, so that an undo can put it back. */
export interface HandState {
  byHand: RecordData | null;
  pinned: Pins;
}

/** The contact's row, held to the end of the transaction, so that of two edits one sees the other. */
export function lockContact(scope: Scope, contactId: string) {
  return scope.db
    .selectFrom("contacts")
    .select(["id", "version"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/**
 * Those of several that are there and that the reader sees, held to the end of the transaction in the order of their
 * ids, so that two who hold the same never wait for each other.
 */
export async function lockContacts(scope: Scope, contactIds: readonly string[]) {
  const ids = contactIds.filter(isId);
  if (ids.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "name", "kind", "archived_at", "archived_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}

export interface Members {
  members: MemberRecord[];
  byHand: MemberRecord | null;
  pins: Set<ContactField>;
  state: HandState;
}

/** What a contact is computed from, with who pinned what. Three statements. */
export async function membersOf(scope: Scope, contactId: string): Promise<Members> {
  const loaded = (await loadMembers(scope, [contactId])).get(contactId);
  const rows = await scope.db
    .selectFrom("contact_pins")
    .select(["field", "pinned_at", "pinned_by"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .execute();
  const members = loaded?.members ?? [];
  const byHand = members.find((member) => member.source === "by-hand") ?? null;
  const pinned = Object.fromEntries(rows.map((row) => [row.field, { at: row.pinned_at, by: row.pinned_by }]));
  return { members, byHand, pins: loaded?.pins ?? new Set(), state: { byHand: byHand?.data ?? null, pinned } };
}

/** The pins as they are when these fields have this one, too. */
export function withPins(pinned: Pins, fields: readonly ContactField[], pin: Pin): Pins {
  return { ...pinned, ...Object.fromEntries(fields.map((field) => [field, pin])) };
}

export function withoutPin(pinned: Pins, field: ContactField): Pins {
  return Object.fromEntries(Object.entries(pinned).filter(([name]) => name !== field));
}

/** What a by-hand record is beside its data, where it is taken away: so that it can come back as the same. */
export type RecordIdentity = { id: string; observedAt: string; createdBy: string | null };

/** `values`: what the changed fields said, for the history. */
export type HandSide = HandState & { values: Partial<ContactValues>; record?: RecordIdentity };

interface HandChange {
  action: string;
  fields: readonly ContactField[];
  /** Null: the contact was not there. */
  before: HandSide | null;
  after: HandSide;
}

/** The change set's id. */
export function recordHandChange(scope: Scope, contactId: string, change: HandChange): Promise<string> {
  const { action, fields, before, after } = change;
  return recordChange(scope, {
    action,
    subject: { contactId },
    fields,
    entries: [handEntry(contactId, before, after)],
  });
}

export function handEntry(contactId: string, before: HandSide | null, after: HandSide) {
  return { subjectKind: "contact", subjectId: contactId, before: before && told(before), after: told(after) };
}

/** The names of the pins stand beside them, for the history. */
function told({ values, byHand, pinned, record }: HandSide) {
  const pins = fieldsIn(pinned).filter((field) => pinned[field]);
  return { values, byHand, pins, pinned, ...(record ? { record } : {}) };
}
