import { hash } from "node:crypto";
import { type MemberRecord } from "~/features/contacts/compute-contact";
import {
  type ContactField,
  type ContactValues,
  isCustomField,
  keysOf,
  nothingKnown,
  saidOf,
} from "~/features/contacts/contact";
import "~/features/contacts/tables";
import { toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Editing by hand writes one record beside those of files and sources, and pins the fields it changed. */

export type RecordData = Partial<ContactValues>;

/** What these fields say, and nothing else. A cleared one says null or []. */
export function dataOf(fields: readonly ContactField[], values: ContactValues): RecordData {
  return saidOf(
    fields.flatMap((field) => [...keysOf(field)]),
    values,
  );
}

/** SHA-256 in hex of a record's data, keys in the order of the contact's own. */
export function hashOf(data: RecordData): string {
  const own = Object.keys(data).filter(isCustomField).sort();
  return hash("sha256", JSON.stringify(data, Object.keys(nothingKnown).concat(nestedKeys, own)), "hex");
}

const nestedKeys = ["value", "label", "note", "street", "city", "region", "postalCode", "country"];

/** Writes the contact's by-hand record: new, or over the one that is there. Its age stays that of its beginning. */
export async function writeByHand(
  scope: Scope,
  contactId: string,
  { data, before }: { data: RecordData; before: MemberRecord | null },
): Promise<MemberRecord> {
  const record: MemberRecord = {
    id: before?.id ?? newId(),
    source: "by-hand",
    // A field that was unpinned later must not grow young again because another one is edited.
    observedAt: before?.observedAt ?? scope.clock.now(),
    hash: hashOf(data),
    data,
  };
  const written = { data: toJson({ ...data } as Record<string, never>), hash: record.hash };
  if (before) {
    await scope.db
      .updateTable("contact_records")
      .set(written)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", record.id)
      .execute();
    return record;
  }
  await scope.db
    .insertInto("contact_records")
    .values({
      ...written,
      account_id: scope.account.id,
      id: record.id,
      contact_id: contactId,
      source: "by-hand",
      run_id: null,
      raw_record_id: null,
      observed_at: record.observedAt,
      created_by: scope.user?.id ?? null,
    })
    .execute();
  return record;
}

/** When and by whom a field was pinned. */
export type Pin = { at: string; by: string | null };

/** Pins fields, those already pinned with a new date and name: the pin that all of them have now. */
export async function pinFields(scope: Scope, contactId: string, fields: readonly ContactField[]): Promise<Pin> {
  const pin = { at: scope.clock.now(), by: scope.user?.id ?? null };
  if (fields.length === 0) return pin;
  const pinned = { pinned_at: pin.at, pinned_by: pin.by };
  await scope.db
    .insertInto("contact_pins")
    .values(fields.map((field) => ({ account_id: scope.account.id, contact_id: contactId, field, ...pinned })))
    .onConflict((conflict) => conflict.columns(["account_id", "contact_id", "field"]).doUpdateSet(pinned))
    .execute();
  return pin;
}
