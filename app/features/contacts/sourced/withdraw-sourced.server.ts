import { computeContact, type MemberRecord } from "~/features/contacts/compute-contact";
import { type Channel, channels } from "~/features/contacts/consent/consent";
import { type ContactField, isKnown } from "~/features/contacts/contact";
import { type ContactToWrite } from "~/features/contacts/contact-rows.server";
import { endRecords } from "~/features/contacts/sourced/load-sourced.server";
import { loadMembers, rewriteContacts, setAside } from "~/features/contacts/serve-contact.server";
import { writeMarks } from "~/features/contacts/subject/contact-load.server";
import { newMarks } from "~/features/contacts/subject/place-rows.server";
import { type Fate, moreOf, stayedBefore } from "~/features/contacts/sourced/stayed-before.server";
import "~/features/contacts/tables";
import { differences } from "~/features/contacts/values/differences.server";
import { type Entry, type SourcedGone } from "~/features/pipeline/subject-sourced";
import { lockRows } from "~/platform/db/lock-rows.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Follows what is gone at the source. Where another record or a person stands for the contact, too, this one is withdrawn
 * and the contact says what they say. Else the contact is archived, saying what it said: nothing is lost by a machine, and
 * what comes back at the source is taken back from there. Whom a merged one forbade to contact, is not contacted under
 * what it became either.
 */
export async function withdrawSourced(scope: Scope, gone: SourcedGone) {
  const standing = await standingOf(scope, gone);
  const contactIds = [...new Set(standing.map(({ contactId }) => contactId))].sort();
  const rows = await lockContacts(scope, contactIds);
  const loaded = await loadMembers(scope, [...rows.keys()]);
  const going = new Set(standing.map(({ recordId }) => recordId));
  const alsoGoing = new Set(gone.alsoGoing);
  const work: Work = { ended: [], changed: [], unmoved: [], archived: [], entries: [], stays: new Set() };
  for (const id of rows.keys()) {
    const { members = [], pins = new Set<ContactField>() } = loaded.get(id) ?? {};
    follow(work, { id, members, pins, going, alsoGoing, row: rows.get(id), at: gone.at });
  }
  const before = await stayedBefore(scope, gone, [...rows.keys()]);
  await endRecords(scope, work.ended, gone.runId);
  await rewriteContacts(scope, work.changed);
  if (work.archived.length > 0) await setAside(scope, work.archived, { archivedAt: gone.at, archivedBy: null });
  const marked = await forbidWhatTheyBecame(scope, gone);
  return {
    ...{ entries: [...work.entries, ...marked], stays: work.stays },
    stood: new Set(standing.flatMap((one) => (rows.has(one.contactId) ? [one.sourceRecordId] : []))).size,
    ...countOnce(work, before),
  };
}

interface Work {
  /** Ids of records. */
  ended: string[];
  changed: ContactToWrite[];
  /** Ids of contacts that stay as they are, since others say the same. */
  unmoved: string[];
  /** Ids of contacts. */
  archived: string[];
  entries: Entry[];
  /** Source records of which the contact stays. */
  stays: Set<string>;
}

interface Following {
  id: string;
  members: readonly MemberRecord[];
  pins: ReadonlySet<ContactField>;
  /** Ids of records. */
  going: ReadonlySet<string>;
  /** Ids of source records. */
  alsoGoing: ReadonlySet<string>;
  row: ContactRow | undefined;
  at: string;
}

function follow(work: Work, { id, members, pins, going, alsoGoing, row, at }: Following): void {
  const left = members.filter((member) => !going.has(member.id));
  const values = computeContact(left, pins).values;
  if (left.some(({ sourceRecordId }) => !sourceRecordId || !alsoGoing.has(sourceRecordId)) && isKnown(values)) {
    const gone = members.filter((member) => going.has(member.id));
    work.ended.push(...gone.map((member) => member.id));
    for (const { sourceRecordId } of gone) if (sourceRecordId) work.stays.add(sourceRecordId);
    const difference = differences(computeContact(members, pins).values, values);
    if (difference) work.changed.push({ id, values });
    else work.unmoved.push(id);
    // Also of whom nothing is seen: the record is put back with the others when the run is undone, and counts with them.
    work.entries.push({ subjectKind: "contact", subjectId: id, ...(difference ?? nothingSeen) });
  } else if (row?.archived_at === null) {
    work.archived.push(id);
    const [before, after] = [
      { archivedAt: null, archivedBy: null },
      { archivedAt: at, archivedBy: null },
    ];
    work.entries.push({ subjectKind: "contact", subjectId: id, before, after });
  }
}

const nothingSeen = { before: { values: {} }, after: { values: {} } };

/** Whom the run has counted when a record of another stream went: it is counted once, as the most that became of it. */
function countOnce({ archived, changed, unmoved }: Work, before: ReadonlyMap<string, Fate>) {
  const counts: Record<Fate, number> = { archived: 0, lessened: 0, unmoved: 0 };
  const count = (id: string, fate: Fate) => {
    const was = before.get(id);
    if (was) counts[was]--;
    counts[was ? moreOf(was, fate) : fate]++;
  };
  for (const id of archived) count(id, "archived");
  for (const { id } of changed) count(id, "lessened");
  for (const id of unmoved) count(id, "unmoved");
  return counts;
}

interface Standing {
  recordId: string;
  sourceRecordId: string | null;
  contactId: string;
}

async function standingOf(scope: Scope, { records }: SourcedGone): Promise<Standing[]> {
  if (records.length === 0) return [];
  const rows = await scope.db
    .selectFrom("contact_records")
    .select(["id", "contact_id", "source_record_id"])
    .where("account_id", "=", scope.account.id)
    .where(
      "source_record_id",
      "in",
      records.map(({ sourceRecordId }) => sourceRecordId),
    )
    .where("withdrawn_at", "is", null)
    .execute();
  return rows.map((row) => ({ recordId: row.id, contactId: row.contact_id, sourceRecordId: row.source_record_id }));
}

type ContactRow = Awaited<ReturnType<typeof readContacts>>[number];

async function lockContacts(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await readContacts(scope, ids);
  return new Map(rows.map((row) => [row.id, row]));
}

function readContacts(scope: Scope, ids: readonly string[]) {
  return scope.db
    .selectFrom("contacts")
    .select(["id", "archived_at", "no_email_at", "no_phone_at", "no_letter_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}

const since = { email: "no_email_at", phone: "no_phone_at", letter: "no_letter_at" } as const;

/** Marks on the contacts of what they were merged into, as stand on those that they were of. */
async function forbidWhatTheyBecame(scope: Scope, gone: SourcedGone): Promise<Entry[]> {
  const merged = gone.records.filter(({ intoSourceRecordId }) => intoSourceRecordId !== null);
  if (merged.length === 0) return [];
  const contactOf = await contactsBySource(
    scope,
    merged.flatMap((one) => [one.sourceRecordId, one.intoSourceRecordId ?? ""]),
  );
  const rows = await lockContacts(scope, [...new Set(contactOf.values())].sort());
  const forbiddenBy = (id: string) =>
    channels.filter((channel): channel is Channel => (rows.get(id)?.[since[channel]] ?? null) !== null);
  const forbidden = new Map([...rows.keys()].map((id) => [id, new Set(forbiddenBy(id))]));
  const marks = merged.flatMap(({ sourceRecordId, intoSourceRecordId }) => {
    const [from, into] = [contactOf.get(sourceRecordId), contactOf.get(intoSourceRecordId ?? "")];
    const known = into === undefined ? undefined : forbidden.get(into);
    if (!from || !into || from === into || !known) return [];
    const by = { newId, markedAt: gone.at, markedBy: gone.startedBy, reason: gone.sourceName };
    return newMarks({ forbidden: known }, forbiddenBy(from), by).map((mark) => ({ contactId: into, mark }));
  });
  await writeMarks(scope, marks);
  const marked = [...new Set(marks.map(({ contactId }) => contactId))];
  return marked.map((subjectId) => ({
    ...{ subjectKind: "contact", subjectId, before: { values: {} } },
    after: { values: {}, marks: marks.filter(({ contactId }) => contactId === subjectId).map(({ mark }) => mark) },
  }));
}

/** Also where its record has just been withdrawn: the newest says whose it was. */
async function contactsBySource(scope: Scope, sourceRecordIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.db
    .selectFrom("contact_records")
    .select(["source_record_id", "contact_id"])
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", [...new Set(sourceRecordIds)])
    .orderBy("id")
    .execute();
  return new Map(rows.map((row) => [row.source_record_id ?? "", row.contact_id]));
}
