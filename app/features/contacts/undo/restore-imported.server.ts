/**
 * Takes back what an import did: contacts that it made are deleted, and of others its records are withdrawn, so that they
 * say again what they said before. Nothing is lost by that: see `restore-records` for the way back.
 */
import { readEntries } from "~/features/changes/read-entries.server";
import {
  type LeftAlone,
  type OwnWay,
  type PutBack,
  type Undone,
  type WrittenEntry,
} from "~/features/changes/undo.server";
import { type ContactField, type ContactValues, fieldsIn, isKnown, keysOf } from "~/features/contacts/contact";
import { writeAside } from "~/features/contacts/deletion/delete-contacts.server";
import { computeContact } from "~/features/contacts/compute-contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { loadMembers, rewriteContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { restoreContacts } from "~/features/contacts/undo/restore-contacts.server";
import { type ImportMeeting, meetImport } from "~/features/contacts/undo/meet-import.server";
import { restoreEdited } from "~/features/contacts/undo/restore-edited.server";
import { takeBackMarks } from "~/features/contacts/undo/restore-imported-marks.server";
import { restoreMarks } from "~/features/contacts/undo/restore-marks.server";
import { withdrawRecords } from "~/features/contacts/undo/restore-records.server";
import { restoreToldRelations, takeBackHandedOver } from "~/features/contacts/undo/restore-sourced-relations.server";
import { type Swap } from "~/features/contacts/undo/swap-versions.server";
import { touchedBy } from "~/features/contacts/undo/touched-by.server";
import { differences } from "~/features/contacts/values/differences.server";
import { type Scope } from "~/platform/scope.server";

const SUBJECTS_AT_ONCE = 300;

export async function restoreImported(
  scope: Scope,
  entries: readonly WrittenEntry[],
  undone: Undone,
): Promise<PutBack> {
  const met = await meetImport(scope, undone.changeSetId, [...new Set(entries.map((entry) => entry.subjectId))]);
  const ofContacts = entries.filter(({ subjectKind }) => subjectKind === "contact");
  const made = ofContacts.filter(({ before }) => before === null).map(({ subjectId }) => subjectId);
  const changed = ofContacts.filter((entry) => !met.made.has(entry.subjectId) && !isAside(entry));
  // What else is said of a contact that is taken away goes, and comes back, with it.
  const marks = entries.filter(
    ({ subjectKind, subjectId }) => subjectKind === "do-not-contact" && !met.made.has(subjectId),
  );
  const withdrawn = await withdraw(scope, changed, { met, undone });
  const gone = await takeAway(scope, made, { met, undone });
  const parts = [
    await restoreContacts(scope, changed.flatMap(ownerOnly), undone),
    await restoreContacts(scope, ofContacts.filter(isAside), undone),
    await restoreToldRelations(scope, entries.filter(isRelationship), undone.changeSetId),
    await takeBackHandedOver(scope, withdrawn.withdrawn, undone.changeSetId),
    await restoreMarks(scope, marks),
    await takeBackMarks(scope, changed, standing(met, withdrawn.entries)),
    withdrawn,
    undone.editedToo ? await restoreEdited(scope, changed, { met, changeSetId: undone.changeSetId }) : nothing,
    gone,
  ];
  return {
    entries: parts.flatMap((part) => part.entries),
    leftAlone: parts.flatMap((part) => part.leftAlone),
    gone: parts.flatMap((part) => part.gone ?? []),
  };
}

/** Contacts of which the import still says something, now that these have been put back. */
function standing({ records }: ImportMeeting, putBack: readonly WrittenEntry[]): ReadonlySet<string> {
  const back = new Set(putBack.map((entry) => entry.subjectId));
  return new Set([...records.keys()].filter((id) => !back.has(id)));
}

/** What an entry says of who looks after a contact that was there before. */
function ownerOnly({ before, after, ...entry }: WrittenEntry): WrittenEntry[] {
  if (!before || !after || !("ownerId" in after)) return [];
  const said = ({ ownerId, ownerName }: NonNullable<WrittenEntry["before"]>) => ({ ownerId, ownerName });
  return [{ ...entry, before: said(before), after: said(after) }];
}

/** A run of a connector found it gone at the source, or there again. */
function isAside({ after }: WrittenEntry): boolean {
  return after !== null && "archivedAt" in after;
}

/** Each stands in two entries: that of the contact from which it is read. */
function isRelationship({ subjectKind, subjectId, before, after }: WrittenEntry): boolean {
  return subjectKind === "relationship" && (after ?? before)?.fromContactId === subjectId;
}

const nothing: PutBack = { entries: [], leftAlone: [] };

interface Meeting {
  met: ImportMeeting;
  undone: Undone;
}

/** Contacts that the import made. */
async function takeAway(scope: Scope, ids: readonly string[], { met, undone }: Meeting): Promise<Required<PutBack>> {
  const back: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  const changes = [];
  const now = { at: scope.clock.now(), by: scope.user?.id ?? null };
  for (const id of ids) {
    const row = met.rows.get(id);
    const left = whyMadeStays(id, met, undone);
    if (!row || left) {
      back.leftAlone.push({ subjectId: id, name: row?.name ?? null, what: "all of it", why: left ?? undefined });
      continue;
    }
    const { archivedAt, archivedBy } = row;
    const archived = archivedAt === null ? { archivedAt: now.at, archivedBy: now.by } : { archivedAt, archivedBy };
    const after = { ...archived, deletedAt: now.at, deletedBy: now.by };
    const before = { archivedAt, archivedBy, deletedAt: null, deletedBy: null };
    changes.push({ id, after });
    back.entries.push({ subjectKind: "contact", subjectId: id, before, after });
    back.gone.push(id);
  }
  await writeAside(scope, changes);
  return back;
}

function whyMadeStays(id: string, met: ImportMeeting, { editedToo }: Undone): string | null {
  const row = met.rows.get(id);
  if (!row) return "it is no longer there";
  if (row.deletedAt) return "it was deleted since";
  if (editedToo) return null;
  if (met.edited.has(id)) return "it was changed since";
  return met.saidAgain.has(id) ? "another import has it, too" : null;
}

/** Contacts that were there before. */
async function withdraw(
  scope: Scope,
  entries: readonly WrittenEntry[],
  { met, undone }: Meeting,
): Promise<Required<PutBack> & { withdrawn: string[] }> {
  const back: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  const told = new Set(entries.map((entry) => entry.subjectId));
  const ids = [...met.swaps.keys()].filter((id) => told.has(id) || !met.asked.has(id));
  const loaded = await loadMembers(scope, ids);
  const own = await customFields(scope);
  const entriesOf = await toldOf(scope, ids, undone);
  const changes = [];
  const [withdrawn, standing]: [string[], string[]] = [[], []];
  for (const id of ids) {
    const name = met.rows.get(id)?.name ?? null;
    const { out, again, was, values } = swapped(loaded.get(id), met.swaps.get(id));
    const left = whyChangedStays(id, values, { met, undone });
    if (left) {
      back.leftAlone.push({ subjectId: id, name, what: "all of it", why: left });
      continue;
    }
    const { before, after } = differences(was, values) ?? { before: { values: {} }, after: { values: {} } };
    const backIds = again.map((member) => member.id);
    const states = { before: { ...before, records: out }, after: { ...after, records: backIds } };
    back.entries.push({ subjectKind: "contact", subjectId: id, ...states });
    const since = changedSince(entriesOf.get(id) ?? [], was);
    back.leftAlone.push(...since.map((field) => ({ subjectId: id, name, what: nameOfField(field, own) })));
    changes.push({ id, values });
    withdrawn.push(...out);
    standing.push(...backIds);
  }
  await withdrawRecords(scope, withdrawn, scope.clock.now());
  await withdrawRecords(scope, standing, null);
  await rewriteContacts(scope, changes);
  return { ...back, withdrawn };
}

/** What a contact says, and would say with other records in the place of some. */
function swapped(loaded: Loaded | undefined, swap: Swap | undefined) {
  const { members = [], pins = new Set<ContactField>() } = loaded ?? {};
  const { out = [], back: again = [] } = swap ?? {};
  const was = computeContact(members, pins).values;
  const values = computeContact([...members.filter((member) => !out.includes(member.id)), ...again], pins).values;
  return { out, again, was, values };
}

type Loaded = Awaited<ReturnType<typeof loadMembers>> extends Map<string, infer Found> ? Found : never;

/** All that the import says of these contacts, the last first, however far apart; nothing where it goes in any case. */
async function toldOf(scope: Scope, ids: readonly string[], { changeSetId, editedToo }: Undone) {
  const told = new Map<string, WrittenEntry[]>();
  if (ids.length === 0 || editedToo) return told;
  const { entries } = await readEntries(scope, changeSetId, { of: ids });
  for (const entry of entries.filter(({ subjectKind }) => subjectKind === "contact")) {
    told.set(entry.subjectId, [...(told.get(entry.subjectId) ?? []), entry]);
  }
  return told;
}

function whyChangedStays(id: string, values: ContactValues, { met, undone }: Meeting): string | null {
  const row = met.rows.get(id);
  if (!row || row.deletedAt) return "it was deleted since";
  if (met.saidAgain.has(id) && !undone.editedToo) return "another import has it, too";
  return isKnown(values) ? null : "nothing would be left to know it by";
}

type Values = Readonly<Record<string, unknown>>;

/** Fields that the import set, and that say something else by now. The last entry of each says what it left. */
function changedSince(entries: readonly WrittenEntry[], now: object): ContactField[] {
  const left: Record<string, unknown> = {};
  for (const { after } of [...entries].reverse()) Object.assign(left, (after?.values ?? {}) as Values);
  return fieldsIn(left).filter((field) =>
    keysOf(field).some(
      (key) => key in left && JSON.stringify(left[key]) !== JSON.stringify((now as Values)[key] ?? null),
    ),
  );
}

/** Records that were kept though nothing visible changed: no entry tells of them. */
export async function restoreRest(
  scope: Scope,
  { changeSetId, editedToo, after, leftAlone }: Parameters<OwnWay["restoreRest"]>[1],
): Promise<PutBack & { after: string | null }> {
  const rows = await touchedBy(scope, changeSetId, { after, limit: SUBJECTS_AT_ONCE });
  const last = rows.at(-1);
  if (!last) return { entries: [], leftAlone: [], after: null };
  const ids = rows.map(({ id }) => id);
  const known = await leftAlone(ids);
  const undone = { changeSetId, editedToo };
  const met = await meetImport(scope, changeSetId, ids);
  const entries = ids
    .filter((id) => !known.has(id))
    .map((subjectId): WrittenEntry => ({ subjectKind: "contact", subjectId, before: {}, after: {} }));
  const { withdrawn, ...back } = await withdraw(scope, entries, { met, undone });
  const { entries: related } = await takeBackHandedOver(scope, withdrawn, changeSetId);
  const told = [...back.entries, ...related];
  return { ...back, entries: told, leftAlone: back.leftAlone satisfies LeftAlone[], after: last.id };
}
