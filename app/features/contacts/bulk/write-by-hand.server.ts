/** Writes what was typed for many contacts at once, as their forms would: by-hand records, pins, and the contacts anew. */
import { type HandBulk } from "~/features/contacts/bulk/bulk-edit";
import { changedBy } from "~/features/contacts/bulk/change-values.server";
import { pinsOfMany, toMember, writeByHandRecords } from "~/features/contacts/hand-many.server";
import { dataOf, type Pin, type RecordData } from "~/features/contacts/by-hand.server";
import { type WrittenEntry } from "~/features/changes/undo.server";
import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues } from "~/features/contacts/contact";
import { handEntry, type Pins, withPins } from "~/features/contacts/hand-change.server";
import { loadMembers, rewriteContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface Written {
  id: string;
  record: MemberRecord;
  fields: readonly ContactField[];
  values: ContactValues;
  entry: WrittenEntry;
}

/** Contacts that are there and held, some hundred at most. The entries of those that were changed. */
export async function writeByHandMany(
  scope: Scope,
  contactIds: readonly string[],
  change: HandBulk,
): Promise<WrittenEntry[]> {
  const loaded = await loadMembers(scope, contactIds);
  const pinned = await pinsOfMany(scope, contactIds);
  const pin: Pin = { at: scope.clock.now(), by: scope.user?.id ?? null };
  const written = [...loaded].flatMap(([id, { members, pins }]) => {
    const known = { members, pins, pinned: pinned.get(id) ?? {} };
    return planned(scope, id, { known, change, pin }) ?? [];
  });
  await writeByHandRecords(
    scope,
    written.map(({ id, record }) => ({ ...record, contactId: id, createdBy: pin.by })),
  );
  await writePins(scope, written, pin);
  await rewriteContacts(scope, written);
  return written.map(({ entry }) => entry);
}

interface Plan {
  known: { members: readonly MemberRecord[]; pins: ReadonlySet<ContactField>; pinned: Pins };
  change: HandBulk;
  pin: Pin;
}

function planned(scope: Scope, id: string, { known, change, pin }: Plan): Written | null {
  const { members, pins, pinned } = known;
  const before = computeContact(members, pins).values;
  const { values: wanted, fields } = changedBy(before, change);
  if (fields.length === 0) return null;
  const byHand = members.find((member) => member.source === "by-hand") ?? null;
  const data: RecordData = { ...byHand?.data, ...dataOf(fields, wanted) };
  const record = toMember({
    ...{ id: byHand?.id ?? newId(), observedAt: byHand?.observedAt ?? scope.clock.now() },
    ...{ createdBy: pin.by, data },
  });
  const others = members.filter((member) => member !== byHand);
  const { values } = computeContact([...others, record], new Set([...pins, ...fields]));
  const entry = handEntry(
    id,
    { byHand: byHand?.data ?? null, pinned, values: dataOf(fields, before) },
    { byHand: data, pinned: withPins(pinned, fields, pin), values: dataOf(fields, values) },
  );
  return { id, record, fields, values, entry };
}

async function writePins(scope: Scope, written: readonly Written[], pin: Pin): Promise<void> {
  const pinned = { pinned_at: pin.at, pinned_by: pin.by };
  const rows = written.flatMap(({ id, fields }) =>
    fields.map((field) => ({ account_id: scope.account.id, contact_id: id, field, ...pinned })),
  );
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("contact_pins")
      .values(some)
      .onConflict((conflict) => conflict.columns(["account_id", "contact_id", "field"]).doUpdateSet(pinned))
      .execute();
  }
}
