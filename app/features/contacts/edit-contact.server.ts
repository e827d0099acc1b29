/** The commands that change what a contact says: create, edit, unpin. Each writes all of its change or none of it. */
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, isKnown, nothingKnown } from "~/features/contacts/contact";
import { dataOf, pinFields, writeByHand } from "~/features/contacts/by-hand.server";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { recordChange } from "~/features/contacts/record-change.server";
import { loadMembers, rewriteContacts, writeNewContacts } from "~/features/contacts/serve-contact.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export type CreateResult = { ok: true; id: string } | { ok: false; reason: "nothing-known" };

/** Makes a contact of what was typed: all of it by hand, and pinned. */
export function createContact(scope: Scope, values: ContactValues): Promise<CreateResult> {
  return inTransaction(scope, async (scope) => {
    if (!isKnown(values)) return { ok: false, reason: "nothing-known" };
    const id = newId();
    const fields: ContactField[] = ["kind", ...changedFieldsOf({ ...nothingKnown, kind: values.kind }, values)];
    const data = dataOf(fields, values);
    await writeNewContacts(scope, [{ id, values: computed(data) }]);
    await writeByHand(scope, id, { data, before: null });
    await pinFields(scope, id, fields);
    await recordChange(scope, {
      action: "contact.created",
      subject: { contactId: id },
      fields,
      entries: [entry(id, null, { values: data, byHand: data, pins: fields })],
    });
    return { ok: true, id };
  });
}

/** What a contact says when nothing but the by-hand record does. */
function computed(data: Partial<ContactValues>): ContactValues {
  const record: MemberRecord = { id: "", source: "by-hand", observedAt: "", hash: "", data };
  return computeContact([record], new Set()).values;
}

export interface ContactEdit {
  /** The version that the form was filled with. */
  version: number;
  values: ContactValues;
}

export type EditResult =
  | { ok: true; changed: readonly ContactField[] }
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: "nothing-known" }
  /** Somebody else was faster: what it says now, as version so and so. */
  | { ok: false; reason: "conflict"; theirs: ContactValues; version: number };

/** Changes a contact by hand and pins exactly the fields that change. A save that changes nothing writes nothing. */
export function editContact(scope: Scope, contactId: string, edit: ContactEdit): Promise<EditResult> {
  return inTransaction(scope, async (scope) => {
    const contact = await lockContact(scope, contactId);
    if (!contact) return { ok: false, reason: "not-found" };
    if (!isKnown(edit.values)) return { ok: false, reason: "nothing-known" };
    const { members, pins } = await membersOf(scope, contactId);
    const before = computeContact(members, pins).values;
    const fields = changedFieldsOf(before, edit.values);
    if (fields.length === 0) return { ok: true, changed: [] };
    if (contact.version !== edit.version) {
      return { ok: false, reason: "conflict", theirs: before, version: contact.version };
    }

    const byHand = members.find((member) => member.source === "by-hand") ?? null;
    const data = { ...byHand?.data, ...dataOf(fields, edit.values) };
    const record = await writeByHand(scope, contactId, { data, before: byHand });
    await pinFields(scope, contactId, fields);
    const after = computeContact(
      [...members.filter((member) => member !== byHand), record],
      new Set([...pins, ...fields]),
    ).values;
    await rewriteContacts(scope, [{ id: contactId, values: after }]);
    await recordChange(scope, {
      action: "contact.edited",
      subject: { contactId },
      fields,
      entries: [
        entry(
          contactId,
          { values: dataOf(fields, before), byHand: byHand?.data ?? null, pins: [...pins] },
          { values: dataOf(fields, after), byHand: data, pins: [...new Set([...pins, ...fields])] },
        ),
      ],
    });
    return { ok: true, changed: fields };
  });
}

/** Lets go of a pinned field: it says again what the records' rule says. Idempotent. */
export function unpinField(
  scope: Scope,
  contactId: string,
  field: ContactField,
): Promise<{ ok: true } | { ok: false; reason: "not-found" }> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockContact(scope, contactId))) return { ok: false, reason: "not-found" };
    const { members, pins } = await membersOf(scope, contactId);
    if (!pins.has(field)) return { ok: true };
    await scope.db
      .deleteFrom("contact_pins")
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "=", contactId)
      .where("field", "=", field)
      .execute();
    const left = new Set([...pins].filter((pin) => pin !== field));
    const before = computeContact(members, pins).values;
    const after = computeContact(members, left).values;
    const fields = changedFieldsOf(before, after);
    await rewriteContacts(scope, [{ id: contactId, values: after }]);
    await recordChange(scope, {
      action: "contact.unpinned",
      subject: { contactId },
      fields: [field],
      entries: [
        entry(
          contactId,
          { values: dataOf(fields, before), pins: [...pins] },
          { values: dataOf(fields, after), pins: [...left] },
        ),
      ],
    });
    return { ok: true };
  });
}

async function membersOf(scope: Scope, contactId: string) {
  const loaded = await loadMembers(scope, [contactId]);
  return loaded.get(contactId) ?? { members: [], pins: new Set<ContactField>() };
}

/** The contact's row, held to the end of the transaction, so that of two edits one sees the other. */
function lockContact(scope: Scope, contactId: string) {
  return scope.db
    .selectFrom("contacts")
    .select(["id", "version"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", contactId)
    .$if(scope.database.dialect === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
}

/** `values` holds what changed; the by-hand record and the pins are whole, so that an undo can put them back. */
interface ContactState {
  values: Partial<ContactValues>;
  byHand?: Partial<ContactValues> | null;
  pins: readonly ContactField[];
}

function entry(contactId: string, before: ContactState | null, after: ContactState) {
  return {
    subjectKind: "contact",
    subjectId: contactId,
    before: before && { ...before },
    after: { ...after },
  };
}
