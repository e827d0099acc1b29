/** What persons typed and pinned, of many contacts with a few statements. */
import { hashOf, type RecordData } from "~/features/contacts/by-hand.server";
import { type MemberRecord } from "~/features/contacts/compute-contact";
import { type Pins, type RecordIdentity } from "~/features/contacts/hand-change.server";
import "~/features/contacts/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** Who pinned what, by contact. */
export async function pinsOfMany(scope: Scope, contactIds: readonly string[]): Promise<Map<string, Pins>> {
  const found = new Map<string, Pins>();
  if (contactIds.length === 0) return found;
  const rows = await scope.db
    .selectFrom("contact_pins")
    .select(["contact_id", "field", "pinned_at", "pinned_by"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .execute();
  for (const row of rows) {
    const pin = { at: row.pinned_at, by: row.pinned_by };
    found.set(row.contact_id, { ...found.get(row.contact_id), [row.field]: pin });
  }
  return found;
}

export interface ByHandRecord extends RecordIdentity {
  contactId: string;
  data: RecordData;
}

export function toMember({ id, observedAt, data }: Omit<ByHandRecord, "contactId">): MemberRecord {
  return { id, source: "by-hand", observedAt, hash: hashOf(data), data };
}

/** New ones, or over those that are there, whose age stays that of their beginning. */
export async function writeByHandRecords(scope: Scope, records: readonly ByHandRecord[]): Promise<void> {
  const rows = records.map(({ id, contactId, observedAt, createdBy, data }) => ({
    ...{ account_id: scope.account.id, id, contact_id: contactId, source: "by-hand" as const },
    ...{ run_id: null, raw_record_id: null, observed_at: observedAt, created_by: createdBy },
    ...{ data: toJson({ ...data } as Record<string, never>), hash: hashOf(data) },
  }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("contact_records")
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "id"])
          .doUpdateSet((eb) => ({ data: eb.ref("excluded.data"), hash: eb.ref("excluded.hash") })),
      )
      .execute();
  }
}
