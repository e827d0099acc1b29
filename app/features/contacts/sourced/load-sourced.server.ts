import { type KnownContact } from "~/features/contacts/subject/known-contacts.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { readCandidates, writeMarks } from "~/features/contacts/subject/contact-load.server";
import { giveToOwners, placeOwners } from "~/features/contacts/subject/place-owners.server";
import { lookUp } from "~/features/contacts/subject/look-up.server";
import {
  type ContactSourcedRow,
  placeSourced,
  plain,
  type SourcedRecordToWrite,
} from "~/features/contacts/sourced/place-sourced.server";
import { rewriteContacts, setAside, writeNewContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { type LoadOutcome } from "~/features/pipeline/subject";
import { type Entry, type SourcedLoad } from "~/features/pipeline/subject-sourced";
import { type Json, toJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

type Load = SourcedLoad<CanonicalContact>;

/** Writes a batch of records that their source knows by name. Some dozen statements, however many they are. */
export async function loadSourced(scope: Scope, load: Load) {
  const { rows, rules, startedBy, runId, sourceName, startedAt } = load;
  const { contacts, deletedHere } = await readThose(scope, load, { lock: true });
  const placing = placeSourced(rows, contacts, {
    ...{ runId, sourceName, startedAt, newId, rules, deletedHere },
    ...{ country: scope.account.phoneCountry, markedBy: startedBy },
  });
  await writeNewContacts(scope, placing.created, startedBy);
  await endRecords(scope, placing.ended, runId);
  await writeRecords(scope, load, placing.records);
  await rewriteContacts(scope, placing.changed);
  await writeMarks(scope, placing.marks);
  const owned = await placeOwners(scope, { rows, outcomes: placing.outcomes, rules });
  await giveToOwners(scope, owned.given);
  const back = await takeBack(scope, rows, owned.outcomes);
  return { outcomes: owned.outcomes.map(plain), entries: [...owned.outcomes.flatMap(entryOf), ...back] };
}

/** The contacts that the rows may be about, and the rows of which the contact was deleted here. */
export async function readThose(scope: Scope, { rows, rules, startedAt }: Load, { lock }: { lock: boolean }) {
  const before = rows.filter(({ isNew }) => !isNew);
  const standing = await standingContacts(scope, before);
  const isPlaced = (row: ContactSourcedRow) => standing.has(row.sourceRecordId) || row.was !== null;
  const unplaced = rows.filter((row) => !isPlaced(row));
  const found = unplaced.length === 0 ? [] : await lookUp(scope, unplaced, rules);
  const were = before.flatMap(({ was }) => (was === null ? [] : [was]));
  const ids = [...new Set([...found, ...were, ...standing.values()])].sort();
  const contacts = await readCandidates(scope, ids, { observedAt: startedAt, lock });
  return { contacts, deletedHere: deletedAmong(before, standing, contacts) };
}

/** By source record, of contacts that are there; of several the first one, as {@link placeSourced} takes it. */
async function standingContacts(
  scope: Scope,
  rows: readonly ContactSourcedRow[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const found = await scope.db
    .selectFrom("contact_records as record")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
    )
    .select(["record.source_record_id", "record.contact_id"])
    .where("record.account_id", "=", scope.account.id)
    .where(
      "record.source_record_id",
      "in",
      rows.map(({ sourceRecordId }) => sourceRecordId),
    )
    .where("record.withdrawn_at", "is", null)
    .where("contacts.deleted_at", "is", null)
    .execute();
  // Sorted here: for this order SQLite would go through all records of the account by their contacts.
  found.sort((one, other) => (one.contact_id < other.contact_id ? 1 : -1));
  return new Map(found.map((row) => [row.source_record_id ?? "", row.contact_id]));
}

/** What a person has deleted here stays deleted, whatever becomes of it at the source. */
function deletedAmong(
  rows: readonly ContactSourcedRow[],
  standing: ReadonlyMap<string, string>,
  contacts: readonly KnownContact[],
): ReadonlySet<string> {
  const there = new Set(contacts.map(({ id }) => id));
  const deleted = rows.filter(
    ({ was, sourceRecordId }) => was !== null && !there.has(standing.get(sourceRecordId) ?? was),
  );
  return new Set(deleted.map(({ sourceRecordId }) => sourceRecordId));
}

/** Newer versions stand in their place from now on. */
export async function endRecords(scope: Scope, recordIds: readonly string[], runId: string): Promise<void> {
  if (recordIds.length === 0) return;
  await scope.db
    .updateTable("contact_records")
    .set({ withdrawn_at: scope.clock.now(), ended_run_id: runId })
    .where("account_id", "=", scope.account.id)
    .where("id", "in", recordIds)
    .execute();
}

async function writeRecords(
  scope: Scope,
  { runId, startedBy }: Load,
  records: readonly SourcedRecordToWrite[],
): Promise<void> {
  if (records.length === 0) return;
  await scope.db
    .insertInto("contact_records")
    .values(
      records.map((record) => ({
        account_id: scope.account.id,
        id: record.id,
        contact_id: record.contactId,
        source: "connector" as const,
        run_id: runId,
        raw_record_id: record.rawRecordId,
        source_record_id: record.sourceRecordId,
        data: toJson(record.data as unknown as Json),
        hash: record.hash,
        observed_at: record.observedAt,
        created_by: startedBy,
      })),
    )
    .execute();
}

/** Contacts that were archived because they were gone at the source, and are there again. */
async function takeBack(
  scope: Scope,
  rows: readonly ContactSourcedRow[],
  outcomes: readonly LoadOutcome[],
): Promise<Entry[]> {
  const goneAt = new Map<string, string>();
  rows.forEach((row, index) => {
    const outcome = outcomes[index];
    if (row.goneAt === null || !outcome || outcome.kind === "refused" || outcome.kind === "left") return;
    goneAt.set(outcome.subjectId, row.goneAt);
  });
  if (goneAt.size === 0) return [];
  const archived = await scope.db
    .selectFrom("contacts")
    .select(["id", "archived_at", "archived_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...goneAt.keys()])
    .where("archived_at", "is not", null)
    .where("archived_by", "is", null)
    .execute();
  const back = archived.filter(({ id, archived_at }) => archived_at === goneAt.get(id));
  if (back.length === 0) return [];
  const ids = back.map(({ id }) => id);
  await setAside(scope, ids, { archivedAt: null, archivedBy: null });
  return back.map(({ id, archived_at: archivedAt, archived_by: archivedBy }) => ({
    ...{ subjectKind: "contact", subjectId: id },
    ...{ before: { archivedAt, archivedBy }, after: { archivedAt: null, archivedBy: null } },
  }));
}

function entryOf(outcome: LoadOutcome): Entry[] {
  if (outcome.kind !== "new" && outcome.kind !== "changed") return [];
  const { subjectId, before, after } = outcome;
  return [{ subjectKind: "contact", subjectId, before, after }];
}
