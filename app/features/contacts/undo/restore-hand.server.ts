/** Takes back what a person typed and pinned, and computes the contact anew. */
import { type WrittenEntry } from "~/features/changes/undo.server";
import { hashOf, dataOf, type RecordData } from "~/features/contacts/by-hand.server";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, isKnown } from "~/features/contacts/contact";
import {
  handEntry,
  type HandSide,
  type HandState,
  type Members,
  membersOf,
  type RecordIdentity,
} from "~/features/contacts/hand-change.server";
import { type Hand, undoHand } from "~/features/contacts/undo/hand-undo";
import { rewriteContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface HandRestored {
  /** Null: nothing could be put back. */
  entry: WrittenEntry | null;
  changedSince: ContactField[];
  /** Nothing would be left to know the contact by. */
  unknown: boolean;
}

const nothing: HandState = { byHand: null, pinned: {} };

/** The contact is locked and there. `editedToo`: also what somebody changed since. */
export async function restoreHand(
  scope: Scope,
  entry: WrittenEntry,
  { editedToo = false } = {},
): Promise<HandRestored> {
  const contactId = entry.subjectId;
  const [before, after] = [(entry.before ?? nothing) as HandSide, (entry.after ?? nothing) as HandSide];
  const found = await membersOf(scope, contactId);
  const { hand, putBack, changedSince } = undoHand({ before, after, now: found.state }, { editedToo });
  if (putBack.length === 0) return { entry: null, changedSince, unknown: false };
  const undone = await writeHand(scope, contactId, { found, hand, fields: putBack, record: before.record ?? null });
  return undone
    ? { entry: undone, changedSince, unknown: false }
    : { entry: null, changedSince: putBack, unknown: true };
}

interface HandWrite {
  found: Members;
  hand: Hand;
  /** Those whose pins may differ. */
  fields: readonly ContactField[];
  /** What the by-hand record was, where there is none now. */
  record: RecordIdentity | null;
}

/** Writes what is typed and pinned, and what the contact says then. Null: nothing would be left to know it by. */
export async function writeHand(
  scope: Scope,
  contactId: string,
  { found, hand, fields: pinFields, record: gone }: HandWrite,
): Promise<WrittenEntry | null> {
  const identity = await identityOf(scope, found.byHand);
  const record = toRecord(scope, hand.byHand, identity ?? gone);
  const others = found.members.filter((member) => member !== found.byHand);
  const was = computeContact(found.members, found.pins).values;
  const pins = new Set(Object.keys(hand.pinned) as ContactField[]);
  const values = computeContact(record ? [...others, record.member] : others, pins).values;
  if (!isKnown(values)) return null;
  await writeRecord(scope, contactId, { found, record });
  await writePins(scope, contactId, hand.pinned, pinFields);
  await rewriteContacts(scope, [{ id: contactId, values }]);
  const fields = changedFieldsOf(was, values);
  const removed = identity && hand.byHand === null ? { record: identity } : {};
  return handEntry(
    contactId,
    { ...found.state, values: dataOf(fields, was), ...removed },
    { ...hand, values: dataOf(fields, values) },
  );
}

/** Whether somebody did anything to a contact since it was made by hand. */
export async function isAsMade(scope: Scope, entry: WrittenEntry): Promise<boolean> {
  const { members, state } = await membersOf(scope, entry.subjectId);
  const made = { before: nothing, after: (entry.after ?? nothing) as HandSide, now: state };
  return members.length === 1 && undoHand(made).changedSince.length === 0;
}

async function identityOf(scope: Scope, byHand: MemberRecord | null): Promise<RecordIdentity | null> {
  if (!byHand) return null;
  const row = await scope.db
    .selectFrom("contact_records")
    .select("created_by")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", byHand.id)
    .executeTakeFirst();
  return { id: byHand.id, observedAt: byHand.observedAt, createdBy: row?.created_by ?? null };
}

interface Written {
  member: MemberRecord;
  createdBy: string | null;
}

function toRecord(scope: Scope, data: RecordData | null, identity: RecordIdentity | null): Written | null {
  if (data === null) return null;
  const { id, observedAt, createdBy } = identity ?? {
    ...{ id: newId(), observedAt: scope.clock.now(), createdBy: scope.user?.id ?? null },
  };
  return { member: { id, source: "by-hand", observedAt, hash: hashOf(data), data }, createdBy };
}

async function writeRecord(
  scope: Scope,
  contactId: string,
  { found, record }: { found: Members; record: Written | null },
): Promise<void> {
  if (!record) {
    await scope.db
      .deleteFrom("contact_records")
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "=", contactId)
      .where("source", "=", "by-hand")
      .execute();
    return;
  }
  const { id, hash, data, observedAt } = record.member;
  const written = { data: toJson({ ...data } as Record<string, never>), hash };
  if (found.byHand) {
    await scope.db
      .updateTable("contact_records")
      .set(written)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    return;
  }
  await scope.db
    .insertInto("contact_records")
    .values({
      ...{ ...written, account_id: scope.account.id, id, contact_id: contactId, source: "by-hand" as const },
      ...{ run_id: null, raw_record_id: null, observed_at: observedAt, created_by: record.createdBy },
    })
    .execute();
}

async function writePins(
  scope: Scope,
  contactId: string,
  pinned: HandState["pinned"],
  fields: readonly ContactField[],
): Promise<void> {
  if (fields.length === 0) return;
  await scope.db
    .deleteFrom("contact_pins")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "=", contactId)
    .where("field", "in", fields)
    .execute();
  const rows = fields.flatMap((field) => {
    const pin = pinned[field];
    const key = { account_id: scope.account.id, contact_id: contactId, field };
    return pin ? [{ ...key, pinned_at: pin.at, pinned_by: pin.by }] : [];
  });
  if (rows.length > 0) await scope.db.insertInto("contact_pins").values(rows).execute();
}
