import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type Channel, channels } from "~/features/contacts/consent/consent";
import { type ContactField, displayName } from "~/features/contacts/contact";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type ContactRow, type KnownContact } from "~/features/contacts/subject/known-contacts.server";
import { giveToOwners, placeOwners } from "~/features/contacts/subject/place-owners.server";
import { lookUp } from "~/features/contacts/subject/look-up.server";
import { type Placing, placeRows, type RecordToWrite } from "~/features/contacts/subject/place-rows.server";
import { loadMembers, rewriteContacts, serveConsent, writeNewContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { type Load, type LoadResult, type Trial } from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Writes a batch of rows as contacts: looks up whom they may be about, decides, writes. Some dozen statements. */
export async function loadContacts(scope: Scope, load: Load<CanonicalContact>): Promise<LoadResult> {
  const { rows, rules, startedBy } = load;
  const contacts = await readCandidates(scope, await lookUp(scope, rows, rules), { ...load, lock: true });
  const placing = decide(scope, load, contacts);
  await writeNewContacts(scope, placing.created, startedBy);
  await writeRecords(scope, load, placing.records);
  await rewriteContacts(scope, placing.changed);
  await writeMarks(scope, placing.marks);
  const owned = await placeOwners(scope, { rows, outcomes: placing.outcomes, rules });
  await giveToOwners(scope, owned.given);
  return { outcomes: owned.outcomes, takenUp: placing.takenUp };
}

type Deciding = Pick<Load<CanonicalContact>, "rows" | "observedAt" | "rules" | "startedBy">;

/** What becomes of the rows: the same for an import and for its trial. */
export function decide(
  scope: Scope,
  { rows, observedAt, rules, startedBy }: Deciding,
  contacts: readonly KnownContact[],
): Placing {
  const country = scope.account.phoneCountry;
  return placeRows(rows, contacts, { observedAt, newId, country, rules, markedBy: startedBy });
}

/** What loading these rows now would do, by the same rules: at most nine look-ups, whatever their number. */
export async function tryOutContacts(scope: Scope, rows: readonly ContactRow[], rules: WritingRules): Promise<Trial[]> {
  if (rows.length === 0) return [];
  const observedAt = scope.clock.now();
  const contacts = await readCandidates(scope, await lookUp(scope, rows, rules), { observedAt, lock: false });
  const names = new Map(contacts.map(({ id, values }) => [id, displayName(values)]));
  const placing = decide(scope, { rows, observedAt, rules, startedBy: null }, contacts);
  const { outcomes } = await placeOwners(scope, { rows, outcomes: placing.outcomes, rules });
  return outcomes.map((outcome): Trial => {
    if (outcome.kind === "refused") return outcome;
    const { kind, subjectId, remarks = [] } = outcome;
    const name = names.get(subjectId ?? "") ?? null;
    return {
      kind: kind === "kept" || kind === "left" ? "same" : kind,
      subjectId: name === null ? null : subjectId,
      name,
      remarks,
      ...(kind === "left" ? { isLeft: true } : {}),
    };
  });
}

interface Reading {
  observedAt: string;
  /** They stay locked for the transaction. */
  lock: boolean;
  earlierRows?: Load<CanonicalContact>["earlierRows"];
}

/** Those of them that are there, with all that says what becomes of a row. */
export async function readCandidates(
  scope: Scope,
  ids: readonly string[],
  { observedAt, lock, earlierRows }: Reading,
): Promise<KnownContact[]> {
  if (ids.length === 0) return [];
  const there = await readContacts(scope, [...ids], { lock });
  const thereIds = there.map(({ id }) => id);
  const rowOf = new Map(there.map((row) => [row.id, row]));
  const earlier = (await earlierRows?.(thereIds)) ?? [];
  const loaded = await loadMembers(scope, thereIds);
  return [...loaded].map(([id, { members, pins }]) => ({
    id,
    members,
    pins,
    ...valuesOf(members, pins, observedAt),
    forbidden: forbiddenIn(rowOf.get(id)),
    unstored: earlier.filter(({ subjectId }) => subjectId === id).map(({ row }) => ({ row, index: null })),
    isNew: false,
    isArchived: (rowOf.get(id)?.archived_at ?? null) !== null,
  }));
}

/** What a contact says now, and what it said before the run. */
export function valuesOf(members: MemberRecord[], pins: ReadonlySet<ContactField>, observedAt: string) {
  const { values } = computeContact(members, pins);
  const older = members.filter((member) => member.source !== "file" || member.observedAt !== observedAt);
  const before = older.length === members.length ? values : computeContact(older, pins).values;
  return { values, before, isOfThisRun: older.length === 0 };
}

type Row = Awaited<ReturnType<typeof readContacts>>[number];

function forbiddenIn(row: Row | undefined): Set<Channel> {
  return new Set(channels.filter((channel) => (row?.[since[channel]] ?? null) !== null));
}

const since = { email: "no_email_at", phone: "no_phone_at", letter: "no_letter_at" } as const;

/** With `lock` nobody else may write these contacts between our reading and our writing. On SQLite nobody can. */
async function readContacts(scope: Scope, ids: string[], { lock }: { lock: boolean }) {
  return (
    scope.db
      .selectFrom("contacts")
      .select(["id", "archived_at", "no_email_at", "no_phone_at", "no_letter_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      // Whoever was deleted is not known any more: a file that brings them again makes somebody new.
      .where("deleted_at", "is", null)
      .orderBy("id")
      .$if(lock, lockRows(scope))
      .execute()
  );
}

/** After the contacts, on which they are served. */
export async function writeMarks(scope: Scope, marks: Placing["marks"]): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map(({ contactId, mark }) => ({
    ...{ account_id: scope.account.id, id: mark.id, contact_id: contactId, channel: mark.channel },
    ...{ reason: mark.reason, marked_at: mark.markedAt, marked_by: mark.markedBy, lifted_at: null, lifted_by: null },
  }));
  for (const some of rowChunks(rows)) await scope.db.insertInto("do_not_contact_marks").values(some).execute();
  await serveConsent(scope, [...new Set(marks.map(({ contactId }) => contactId))]);
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
