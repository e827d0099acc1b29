/** Takes back what was typed into many contacts by one change, with the same few statements however many there are. */
import { type WrittenEntry } from "~/features/changes/undo.server";
import { dataOf } from "~/features/contacts/by-hand.server";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, isKnown } from "~/features/contacts/contact";
import { handEntry, type HandSide, type Pins, type RecordIdentity } from "~/features/contacts/hand-change.server";
import { type ByHandRecord, pinsOfMany, toMember, writeByHandRecords } from "~/features/contacts/hand-many.server";
import { loadMembers, rewriteContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { type Hand, undoHand } from "~/features/contacts/undo/hand-undo";
import { rowChunks } from "~/platform/db/chunks.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface Restored {
  contactId: string;
  hand: Hand;
  fields: readonly ContactField[];
  /** Null: there is to be none. */
  record: ByHandRecord | null;
  /** The one that is taken away. */
  goneId: string | null;
  values: ContactValues;
  entry: WrittenEntry;
}

/**
 * Contacts that are there and held. Only those that are just as the change left them: all others are handed back, to be
 * looked at one by one.
 */
export async function restoreHandMany(
  scope: Scope,
  entries: readonly WrittenEntry[],
): Promise<{ entries: WrittenEntry[]; others: WrittenEntry[] }> {
  const ids = entries.map((entry) => entry.subjectId);
  const single = entries.filter(
    ({ subjectId, before }) => before && ids.indexOf(subjectId) === ids.lastIndexOf(subjectId),
  );
  if (single.length < 2) return { entries: [], others: [...entries] };
  const plan = await planner(
    scope,
    single.map((entry) => entry.subjectId),
  );
  const restored = single.flatMap((entry) => plan(entry) ?? []);
  await write(scope, restored);
  const done = new Set(restored.map(({ contactId }) => contactId));
  return {
    entries: restored.map(({ entry }) => entry),
    others: entries.filter(({ subjectId }) => !done.has(subjectId)),
  };
}

/** Reads what is there of all of them; then says of one entry what becomes of its contact. Null: not as simple as that. */
async function planner(scope: Scope, ids: readonly string[]) {
  const loaded = await loadMembers(scope, ids);
  const pinned = await pinsOfMany(scope, ids);
  const identities = await identitiesOf(scope, ids);
  return (entry: WrittenEntry): Restored | null => {
    const contactId = entry.subjectId;
    const { members = [], pins = new Set<ContactField>() } = loaded.get(contactId) ?? {};
    const byHand = members.find((member) => member.source === "by-hand") ?? null;
    const now: Hand = { byHand: byHand?.data ?? null, pinned: pinned.get(contactId) ?? {} };
    const found: Found = { members, pins, byHand, now, identity: identities.get(contactId) ?? null };
    return planOne(scope, entry, found);
  };
}

interface Found {
  members: readonly MemberRecord[];
  pins: ReadonlySet<ContactField>;
  byHand: MemberRecord | null;
  now: Hand;
  identity: RecordIdentity | null;
}

function planOne(scope: Scope, entry: WrittenEntry, found: Found): Restored | null {
  const contactId = entry.subjectId;
  const [before, after] = [entry.before as unknown as HandSide, entry.after as unknown as HandSide];
  const { hand, putBack, changedSince } = undoHand({ before, after, now: found.now });
  if (changedSince.length > 0 || putBack.length === 0) return null;
  const identity = found.identity ?? before.record ?? fresh(scope);
  const record = hand.byHand && { ...identity, contactId, data: hand.byHand };
  const { was, values } = saidBy(found, { hand, record });
  if (!isKnown(values)) return null;
  const goneId = record ? null : idOf(found.byHand);
  const fields = changedFieldsOf(was, values);
  const undone = handEntry(
    contactId,
    { ...found.now, values: dataOf(fields, was), ...(goneId ? { record: identity } : {}) },
    { ...hand, values: dataOf(fields, values) },
  );
  return { contactId, hand, fields: putBack, record, values, goneId, entry: undone };
}

function idOf(record: MemberRecord | null): string | null {
  return record?.id ?? null;
}

/** What the contact says, and what it will say. */
function saidBy({ members, pins, byHand }: Found, { hand, record }: { hand: Hand; record: ByHandRecord | null }) {
  const others = members.filter((member) => member !== byHand);
  const all = record ? [...others, toMember(record)] : others;
  const pinned = new Set(Object.keys(hand.pinned) as ContactField[]);
  return { was: computeContact(members, pins).values, values: computeContact(all, pinned).values };
}

function fresh(scope: Scope): RecordIdentity {
  return { id: newId(), observedAt: scope.clock.now(), createdBy: scope.user?.id ?? null };
}

async function identitiesOf(scope: Scope, ids: readonly string[]): Promise<Map<string, RecordIdentity>> {
  const rows = await scope.db
    .selectFrom("contact_records")
    .select(["id", "contact_id", "observed_at", "created_by"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", ids)
    .where("source", "=", "by-hand")
    .where("withdrawn_at", "is", null)
    .execute();
  return new Map(
    rows.map((row) => [row.contact_id, { id: row.id, observedAt: row.observed_at, createdBy: row.created_by }]),
  );
}

async function write(scope: Scope, restored: readonly Restored[]): Promise<void> {
  if (restored.length === 0) return;
  const gone = restored.flatMap(({ goneId }) => goneId ?? []);
  if (gone.length > 0) {
    await scope.db
      .deleteFrom("contact_records")
      .where("account_id", "=", scope.account.id)
      .where("id", "in", gone)
      .execute();
  }
  await writeByHandRecords(
    scope,
    restored.flatMap(({ record }) => record ?? []),
  );
  await writePins(scope, restored);
  await rewriteContacts(
    scope,
    restored.map(({ contactId, values }) => ({ id: contactId, values })),
  );
}

/** Those of one change have as a rule the same fields: one statement takes their pins away. */
async function writePins(scope: Scope, restored: readonly Restored[]): Promise<void> {
  const groups = new Map<string, Restored[]>();
  for (const one of restored) {
    const group = groups.get(one.fields.join(" ")) ?? [];
    group.push(one);
    groups.set(one.fields.join(" "), group);
  }
  for (const group of groups.values()) {
    await scope.db
      .deleteFrom("contact_pins")
      .where("account_id", "=", scope.account.id)
      .where(
        "contact_id",
        "in",
        group.map(({ contactId }) => contactId),
      )
      .where("field", "in", group[0]?.fields ?? [])
      .execute();
  }
  const rows = restored.flatMap(({ contactId, hand, fields }) => pinRows(scope, contactId, hand.pinned, fields));
  for (const some of rowChunks(rows)) await scope.db.insertInto("contact_pins").values(some).execute();
}

function pinRows(scope: Scope, contactId: string, pinned: Pins, fields: readonly ContactField[]) {
  return fields.flatMap((field) => {
    const pin = pinned[field];
    const key = { account_id: scope.account.id, contact_id: contactId, field };
    return pin ? [{ ...key, pinned_at: pin.at, pinned_by: pin.by }] : [];
  });
}
