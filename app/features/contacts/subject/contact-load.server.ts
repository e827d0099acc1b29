import { computeContact } from "~/features/contacts/compute-contact";
import { displayName } from "~/features/contacts/contact";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import {
  type ContactRow,
  type KnownContact,
  nameKeys,
  namesOf,
  saidBy,
} from "~/features/contacts/subject/known-contacts.server";
import { placeRows, type Placing, type RecordToWrite } from "~/features/contacts/subject/place-rows.server";
import { loadMembers, rewriteContacts, writeNewContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { type Load, type LoadResult, type Trial } from "~/features/pipeline/subject";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Json, toJson } from "~/platform/db/json.server";
import { fold, sortKey } from "~/platform/fold.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Writes a batch of rows as contacts: looks up whom they may be about, decides, writes. Some dozen statements. */
export async function loadContacts(scope: Scope, load: Load<CanonicalContact>): Promise<LoadResult> {
  const contacts = await readCandidates(scope, await lookUp(scope, load.rows), { ...load, lock: true });
  const placing = decide(load, contacts);
  await writeNewContacts(scope, placing.created, load.startedBy);
  await writeRecords(scope, load, placing.records);
  await rewriteContacts(scope, placing.changed);
  return { outcomes: placing.outcomes, takenUp: placing.takenUp };
}

/** What becomes of the rows: the same for an import and for its trial. */
export function decide({ rows, observedAt }: Load<CanonicalContact>, contacts: readonly KnownContact[]): Placing {
  return placeRows(rows, contacts, { observedAt, newId });
}

/** What loading these rows now would do, by the same rules: at most eight look-ups, whatever their number. */
export async function tryOutContacts(scope: Scope, rows: readonly ContactRow[]): Promise<Trial[]> {
  if (rows.length === 0) return [];
  const contacts = await readCandidates(scope, await lookUp(scope, rows), { lock: false });
  const names = new Map(contacts.map(({ id, values }) => [id, displayName(values)]));
  const { outcomes } = placeRows(rows, contacts, { observedAt: scope.clock.now(), newId });
  return outcomes.map((outcome): Trial => {
    if (outcome.kind === "refused") return outcome;
    const { kind, subjectId, remarks = [] } = outcome;
    const name = names.get(subjectId) ?? null;
    return {
      kind: kind === "kept" ? "same" : kind,
      subjectId: name === null ? null : subjectId,
      name,
      remarks,
    };
  });
}

/** Whom the rows may be about: their ids. */
export async function lookUp(scope: Scope, rows: readonly ContactRow[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const find of [byHash, byEmail, byName]) {
    for (const { id } of await find(scope, rows)) ids.add(id);
  }
  return ids;
}

interface Reading {
  /** They stay locked for the transaction. */
  lock: boolean;
  earlierRows?: Load<CanonicalContact>["earlierRows"];
}

/** Those of them that are there, with all that says what becomes of a row. */
export async function readCandidates(
  scope: Scope,
  ids: ReadonlySet<string>,
  { lock, earlierRows }: Reading,
): Promise<KnownContact[]> {
  if (ids.size === 0) return [];
  const there = await readContacts(scope, [...ids].sort(), { lock });
  const thereIds = there.map(({ id }) => id);
  const archived = new Set(there.filter((contact) => contact.archived_at !== null).map(({ id }) => id));
  const earlier = (await earlierRows?.(thereIds)) ?? [];
  const loaded = await loadMembers(scope, thereIds);
  return [...loaded].map(([id, { members, pins }]) => ({
    id,
    members,
    pins,
    values: computeContact(members, pins).values,
    unstored: earlier.filter(({ subjectId }) => subjectId === id).map(({ row }) => ({ row, index: null })),
    isNew: false,
    isArchived: archived.has(id),
  }));
}

/** With `lock` nobody else may write these contacts between our reading and our writing. On SQLite nobody can. */
async function readContacts(scope: Scope, ids: string[], { lock }: { lock: boolean }) {
  return (
    scope.db
      .selectFrom("contacts")
      .select(["id", "archived_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      // Whoever was deleted is not known any more: a file that brings them again makes somebody new.
      .where("deleted_at", "is", null)
      .orderBy("id")
      .$if(lock && scope.database.dialect === "postgres", (query) => query.forUpdate())
      .execute()
  );
}

type Found = Promise<{ id: string }[]>;

async function byHash(scope: Scope, rows: readonly ContactRow[]): Found {
  return scope.db
    .selectFrom("contact_records")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("hash", "in", unique(rows.map((row) => row.hash)))
    .where("withdrawn_at", "is", null)
    .execute();
}

async function byEmail(scope: Scope, rows: readonly ContactRow[]): Found {
  const keys = unique(rows.flatMap((row) => saidBy(row).emails.map((email) => fold(email.value))));
  if (keys.length === 0) return [];
  return scope.db
    .selectFrom("contact_points")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "email")
    .where("value_key", "in", keys)
    .execute();
}

/** Contacts of the same name that also share a company or a phone with some row. */
async function byName(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter(isNearSomething);
  const said = near.map(saidBy);
  const names = unique(near.flatMap(nameKeysOf));
  if (names.length === 0) return [];
  return [...(await withCompany(scope, names, said)), ...(await withPhone(scope, names, said))];
}

type Said = ReturnType<typeof saidBy>;

function isNearSomething(row: ContactRow): boolean {
  const { company, phones } = saidBy(row);
  return company !== null || phones.length > 0;
}

/** Worked out once for a row, which a trial looks up in two places. */
const knownNameKeys = new WeakMap<ContactRow, readonly string[]>();

function nameKeysOf(row: ContactRow): readonly string[] {
  const known = knownNameKeys.get(row) ?? [...namesOf(saidBy(row))].flatMap(nameKeys);
  knownNameKeys.set(row, known);
  return known;
}

async function withCompany(scope: Scope, names: readonly string[], said: readonly Said[]): Found {
  const companies = unique(said.flatMap(({ company }) => (company === null ? [] : [sortKey(company)])));
  if (companies.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("name_key", "in", names)
    .where("company_key", "in", companies)
    .execute();
}

/**
 * From the phones to the names, since few share a phone while thousands may be called "Customer". The names are
 * compared here: SQLite would answer two long lists over one index by trying every pair.
 */
async function withPhone(scope: Scope, names: readonly string[], said: readonly Said[]): Found {
  const phones = unique(said.flatMap((values) => values.phones.map((phone) => phone.value)));
  if (phones.length === 0) return [];
  const points = await scope.db
    .selectFrom("contact_points")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "phone")
    .where("value_key", "in", phones)
    .execute();
  const wanted = new Set(names);
  const found: { id: string }[] = [];
  for (const ids of valueChunks(unique(points.map(({ id }) => id)))) {
    const contacts = await scope.db
      .selectFrom("contacts")
      .select(["id", "name_key"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
    found.push(...contacts.filter((contact) => wanted.has(contact.name_key)));
  }
  return found;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

async function writeRecords(
  scope: Scope,
  { runId, observedAt, startedBy }: Load<CanonicalContact>,
  records: readonly RecordToWrite[],
): Promise<void> {
  if (records.length === 0) return;
  await scope.db
    .insertInto("contact_records")
    .values(
      records.map((record) => ({
        account_id: scope.account.id,
        id: record.id,
        contact_id: record.contactId,
        source: "file" as const,
        run_id: runId,
        raw_record_id: record.rawRecordId,
        data: toJson(record.data as unknown as Json),
        hash: record.hash,
        observed_at: observedAt,
        created_by: startedBy,
      })),
    )
    .execute();
}
