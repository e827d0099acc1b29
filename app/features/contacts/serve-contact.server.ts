import { computeContact, type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";
import { type ContactField } from "~/features/contacts/contact";
import { type Channel } from "~/features/contacts/consent/consent";
import { rewriteParts, writeParts } from "~/features/contacts/contact-parts.server";
import { type ContactToWrite, toContactRow } from "~/features/contacts/contact-rows.server";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import "~/features/contacts/tables";
import { byChangedColumns } from "~/platform/db/changed-columns";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** The only writer of contacts: what they say is always computed from member records and pins, never set. */

/** What contacts are computed from, for many at once: members and pins by contact id. Two statements. */
export async function loadMembers(scope: Scope, contactIds: readonly string[]) {
  const found = new Map(
    contactIds.map((id) => [id, { members: [] as MemberRecord[], pins: new Set<ContactField>() }] as const),
  );
  if (contactIds.length === 0) return found;
  const records = await scope.db
    .selectFrom("contact_records")
    .select(["id", "contact_id", "source", "hash", "data", "observed_at", "run_id", "source_record_id"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .where("withdrawn_at", "is", null)
    .execute();
  for (const record of records) {
    found.get(record.contact_id)?.members.push({
      id: record.id,
      ...{ source: record.source, runId: record.run_id, sourceRecordId: record.source_record_id },
      observedAt: record.observed_at,
      hash: record.hash,
      data: fromJson<RecordData>(record.data),
    });
  }
  const pins = await scope.db
    .selectFrom("contact_pins")
    .select(["contact_id", "field"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .execute();
  for (const pin of pins) found.get(pin.contact_id)?.pins.add(pin.field as ContactField);
  return found;
}

/** Computes contacts anew from what is stored and writes them. Call after changing their records or pins. */
export async function serveContacts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  const loaded = await loadMembers(scope, contactIds);
  const contacts = [...loaded].map(([id, { members, pins }]) => ({ id, values: computeContact(members, pins).values }));
  await rewriteContacts(scope, contacts);
}

/** Writes contacts that did not exist, before their records (which refer to them); whose they are from the first. */
export async function writeNewContacts(
  scope: Scope,
  contacts: readonly ContactToWrite[],
  ownerId: string | null = scope.user?.id ?? null,
): Promise<void> {
  if (contacts.length === 0) return;
  const now = scope.clock.now();
  const fields = await customFields(scope);
  await scope.db
    .insertInto("contacts")
    .values(
      contacts.map((contact) => ({
        ...toContactRow(scope.account, contact, fields),
        ...{ owner_id: ownerId, ...times(now) },
      })),
    )
    .execute();
  await writeParts(scope, contacts, fields);
}

/**
 * Writes contacts that exist over what they said before, in what they say another way: a statement for each set of columns
 * that changes together, and as many for the rest as one contact takes. They are held since before it was computed what
 * they say: beside what somebody else writes meanwhile, half of each would stand.
 */
export async function rewriteContacts(scope: Scope, contacts: readonly ContactToWrite[]): Promise<void> {
  if (contacts.length === 0) return;
  const now = scope.clock.now();
  const fields = await customFields(scope);
  const stored = await storedRows(scope, contacts);
  const rows = contacts.map((contact) => toContactRow(scope.account, contact, fields));
  const standing = rows.map((row) => ({ before: stored.get(row.id) ?? null, now: row }));
  for (const { changed, rows } of byChangedColumns(standing, computedColumns)) {
    // An update of many rows with different values: each row is there, so each insert conflicts and updates.
    await scope.db
      .insertInto("contacts")
      .values(rows.map((row) => ({ ...row, ...times(now) })))
      .onConflict((conflict) =>
        conflict.columns(["account_id", "id"]).doUpdateSet((eb) => ({
          ...Object.fromEntries(changed.map((column) => [column, eb.ref(`excluded.${column}`)])),
          changed_at: now,
          version: eb("contacts.version", "+", 1),
        })),
      )
      .execute();
  }
  const differing = (column: (typeof computedColumns)[number]) =>
    contacts.filter((_, place) => standing[place]?.before?.[column] !== standing[place]?.now[column]);
  // Own fields may be others by now, though what is stored of them is the same.
  const custom = contacts.filter(
    (_, place) => standing[place]?.before?.custom_values ?? standing[place]?.now.custom_values,
  );
  await rewriteParts(scope, contacts, { tags: differing("tags"), custom, search: differing("search") }, fields);
}

/** What contacts say by now, as it was computed, by id. */
async function storedRows(scope: Scope, contacts: readonly ContactToWrite[]) {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", ...computedColumns])
    .where("account_id", "=", scope.account.id)
    .where(
      "id",
      "in",
      contacts.map(({ id }) => id),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Put aside or not. What is deleted is archived, too. */
export type Aside = {
  archivedAt: string | null;
  archivedBy: string | null;
  /** Absent: left as it is. */
  deletedAt?: string | null;
  deletedBy?: string | null;
};

/** Archives or deletes contacts, or (nulls) takes them back. Not computed: no record says so, a person does. */
export async function setAside(
  scope: Scope,
  contactIds: readonly string[],
  { archivedAt, archivedBy, deletedAt, deletedBy }: Aside,
): Promise<void> {
  await scope.db
    .updateTable("contacts")
    .set((eb) => ({
      archived_at: archivedAt,
      archived_by: archivedBy,
      deleted_at: deletedAt,
      deleted_by: deletedBy,
      changed_at: scope.clock.now(),
      version: eb("version", "+", 1),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "in", contactIds)
    .execute();
}

/** Since when each channel is forbidden: as the open mark that has stood longest says. Call after changing marks. */
export async function serveConsent(scope: Scope, contactIds: readonly string[]): Promise<void> {
  for (const ids of valueChunks(contactIds)) {
    const since = (channel: Channel) =>
      scope.db
        .selectFrom("do_not_contact_marks as mark")
        .select((eb) => eb.fn.min("mark.marked_at").as("since"))
        .where("mark.account_id", "=", scope.account.id)
        .whereRef("mark.contact_id", "=", "contacts.id" as never)
        .where("mark.channel", "=", channel)
        .where("mark.lifted_at", "is", null);
    await scope.db
      .updateTable("contacts")
      .set((eb) => ({
        no_email_at: since("email"),
        no_phone_at: since("phone"),
        no_letter_at: since("letter"),
        changed_at: scope.clock.now(),
        version: eb("version", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
  }
}

/** Gives contacts to somebody. Not computed: no record says so, a person does. */
export async function setOwner(scope: Scope, contactIds: readonly string[], ownerId: string | null): Promise<void> {
  for (const ids of valueChunks(contactIds)) {
    await scope.db
      .updateTable("contacts")
      .set((eb) => ({ owner_id: ownerId, changed_at: scope.clock.now(), version: eb("version", "+", 1) }))
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
  }
}

const times = (now: string) => ({ created_at: now, changed_at: now });

/** What a rewrite writes over: all that is computed. */
const computedColumns = [
  "kind",
  "name",
  "typed_name",
  "given_name",
  "family_name",
  "company",
  "job_title",
  "notes",
  "email",
  "phone",
  "tags",
  "birthday",
  "birthday_day",
  "died_on",
  "time_zone",
  "language",
  "city",
  "city_key",
  "name_key",
  "company_key",
  "email_key",
  "search",
  "custom_values",
] as const;
