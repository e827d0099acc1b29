/** The commands that change what a contact says: create, edit, unpin. Each writes all of its change or none of it. */
import { clears, computeContact, type MemberRecord, says } from "~/features/contacts/compute-contact";
import {
  type ContactField,
  type ContactValues,
  fieldsIn,
  isCustomField,
  isKnown,
  keysOf,
  nothingKnown,
  saidOf,
} from "~/features/contacts/contact";
import { dataOf, pinFields, type RecordData, writeByHand } from "~/features/contacts/by-hand.server";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { type EditChoices, type EditMerge, mergeEdit, withFields } from "~/features/contacts/form/merge-edit";
import { lockContact, membersOf, recordHandChange, withoutPin, withPins } from "~/features/contacts/hand-change.server";
import { rewriteContacts, writeNewContacts } from "~/features/contacts/serve-contact.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** `changeSetId`, here and below: by which it can be undone; null where nothing was changed. */
export type CreateResult = { ok: true; id: string; changeSetId: string } | { ok: false; reason: "nothing-known" };

/** Makes a contact of what was typed: all of it by hand, and pinned. */
export function createContact(scope: Scope, values: ContactValues): Promise<CreateResult> {
  return inTransaction(scope, async (scope) => {
    if (!isKnown(values)) return { ok: false, reason: "nothing-known" };
    const id = newId();
    const fields: ContactField[] = ["kind", ...changedFieldsOf({ ...nothingKnown, kind: values.kind }, values)];
    const data = dataOf(fields, values);
    await writeNewContacts(scope, [{ id, values: computed(data) }]);
    await writeByHand(scope, id, { data, before: null });
    const pin = await pinFields(scope, id, fields);
    const after = { values: data, byHand: data, pinned: withPins({}, fields, pin) };
    const changeSetId = await recordHandChange(scope, id, { action: "contact.created", fields, before: null, after });
    return { ok: true, id, changeSetId };
  });
}

/** What a contact says when nothing but the by-hand record does. */
function computed(data: Partial<ContactValues>): ContactValues {
  const record: MemberRecord = { id: "", source: "by-hand", observedAt: "", hash: "", data };
  return computeContact([record], new Set()).values;
}

export interface ContactEdit {
  /** The version that the form was filled with, and what it said; null when nobody knows. */
  version: number;
  original?: ContactValues | null;
  values: ContactValues;
  /** Where somebody else changed the same fields: whose to take of each, having seen theirs as version so and so. */
  choices?: EditChoices;
  seen?: number;
}

export type EditResult =
  /** `kept`: what somebody else changed meanwhile, and stays. */
  | { ok: true; changed: readonly ContactField[]; kept: readonly ContactField[]; changeSetId: string | null }
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: "nothing-known" }
  /** Somebody else changed the same fields: what it says now, as version so and so, and all else put together. */
  | { ok: false; reason: "conflict"; theirs: ContactValues; version: number; merge: EditMerge };

/**
 * Changes a contact by hand and pins exactly the fields that change. A save that changes nothing writes nothing. What
 * somebody else changed since the form was opened stays, unless both changed the same field to different things.
 */
export function editContact(scope: Scope, contactId: string, edit: ContactEdit): Promise<EditResult> {
  return inTransaction(scope, async (scope) => {
    const contact = await lockContact(scope, contactId);
    if (!contact) return { ok: false, reason: "not-found" };
    const { members, byHand, pins, state } = await membersOf(scope, contactId);
    const before = computeContact(members, pins).values;
    const decided = decide(contact.version, before, edit);
    if (!decided.ok) return decided;
    const { wanted, kept } = decided;
    const fields = changedFieldsOf(before, wanted);
    if (fields.length === 0) return { ok: true, changed: [], kept, changeSetId: null };
    const data = { ...byHand?.data, ...dataOf(fields, wanted) };
    const record = await writeByHand(scope, contactId, { data, before: byHand });
    const pin = await pinFields(scope, contactId, fields);
    const after = computeContact(
      [...members.filter((member) => member !== byHand), record],
      new Set([...pins, ...fields]),
    ).values;
    await rewriteContacts(scope, [{ id: contactId, values: after }]);
    const changeSetId = await recordHandChange(scope, contactId, {
      action: "contact.edited",
      fields,
      before: { ...state, values: dataOf(fields, before) },
      after: { values: dataOf(fields, after), byHand: data, pinned: withPins(state.pinned, fields, pin) },
    });
    return { ok: true, changed: fields, kept, changeSetId };
  });
}

type Decided = { ok: true; wanted: ContactValues; kept: ContactField[] } | Extract<EditResult, { ok: false }>;

/** What is to be written, given what the contact says now as this version. */
function decide(version: number, theirs: ContactValues, edit: ContactEdit): Decided {
  const { original = null } = edit;
  // Of the account's own fields those that an edit does not mention stay as they are.
  const mine = { ...saidOf(fieldsIn(theirs).filter(isCustomField), theirs), ...edit.values };
  const alone: EditMerge = { merged: mine, kept: [], clashes: [] };
  const merge = version === edit.version ? alone : mergeEdit({ original, theirs, mine });
  // A choice is good only for what was seen.
  const choices = edit.seen === version ? (edit.choices ?? {}) : {};
  if (merge.clashes.some((field) => !choices[field])) return { ok: false, reason: "conflict", theirs, version, merge };
  const wanted = withFields(
    merge.merged,
    merge.clashes.filter((field) => choices[field] === "theirs"),
    theirs,
  );
  if (!isKnown(wanted)) return { ok: false, reason: "nothing-known" };
  return { ok: true, wanted, kept: merge.kept };
}

/** `stays`: no other record says anything of the field, so that it is left as it was typed. */
export type UnpinResult = { ok: true; stays: boolean; changeSetId: string | null } | { ok: false; reason: "not-found" };

/**
 * Lets go of a pinned field: what was typed is taken back, and it says again what the other records say. Where none of
 * them says anything it stays, until one does. Idempotent.
 */
export function unpinField(scope: Scope, contactId: string, field: ContactField): Promise<UnpinResult> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockContact(scope, contactId))) return { ok: false, reason: "not-found" };
    const { members, pins, state } = await membersOf(scope, contactId);
    if (!pins.has(field)) return { ok: true, stays: false, changeSetId: null };
    await scope.db
      .deleteFrom("contact_pins")
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "=", contactId)
      .where("field", "=", field)
      .execute();
    const left = new Set([...pins].filter((pin) => pin !== field));
    const before = computeContact(members, pins).values;
    const { byHand, others, data } = takenBack(members, field);
    const stays = data === null;
    const record = data ? await writeByHand(scope, contactId, { data, before: byHand }) : byHand;
    const after = computeContact(record ? [...others, record] : others, left).values;
    const fields = changedFieldsOf(before, after);
    await rewriteContacts(scope, [{ id: contactId, values: after }]);
    const pinned = withoutPin(state.pinned, field);
    const changeSetId = await recordHandChange(scope, contactId, {
      action: "contact.unpinned",
      fields: [field],
      before: { ...state, values: dataOf(fields, before) },
      after: { values: dataOf(fields, after), byHand: record?.data ?? null, pinned },
    });
    return { ok: true, stays, changeSetId };
  });
}

/** The by-hand record without a field; null where no other record says anything of it, not even that it is empty: it is left in. */
function takenBack(members: readonly MemberRecord[], field: ContactField) {
  const byHand = members.find((member) => member.source === "by-hand") ?? null;
  const others = members.filter((member) => member !== byHand);
  if (!others.some((member) => says(member, field) || clears(member, field))) {
    return { byHand, others, data: null };
  }
  const keys: readonly string[] = keysOf(field);
  const kept = Object.entries(byHand?.data ?? {}).filter(([key]) => !keys.includes(key));
  return { byHand, others, data: Object.fromEntries(kept) as RecordData };
}
