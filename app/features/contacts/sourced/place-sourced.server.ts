import { computeContact, type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";
import { type ContactField, isKnown } from "~/features/contacts/contact";
import {
  leftAlone,
  nobodyToKnow,
  refusalOf,
  remarksOf,
  whatIsLeft,
  withoutDerivedZone,
  written,
} from "~/features/contacts/subject/judge-row.server";
import { type Found, type KnownContact, knownContacts } from "~/features/contacts/subject/known-contacts.server";
import {
  changedBy,
  type MarkToSet,
  newContact,
  newMarks,
  type RecordToWrite,
  told,
} from "~/features/contacts/subject/place-rows.server";
import { DELETED_HERE } from "~/features/contacts/subject/remark-names";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { differences } from "~/features/contacts/values/differences.server";
import { type LoadOutcome } from "~/features/pipeline/subject";
import { type SourcedOutcome, type SourcedRow } from "~/features/pipeline/subject-sourced";
import { type WritingRules } from "~/features/pipeline/subject-rules";

/**
 * Decides what becomes of records that their source knows by name; touches no database.
 *
 * A record that was here before is of the contact that it was of, whatever it says now: its version takes the place of the
 * one before. A new one finds its contact as a row of a file does. Each that finds one is stored, be it that nothing
 * visible changes: it stands for the contact when others are gone.
 *
 * The rules of writing judge by what the contact says without this record and without this run; what nobody else says
 * anything of follows the record in all.
 */

export type ContactSourcedRow = SourcedRow<CanonicalContact>;

export interface SourcedRecordToWrite extends RecordToWrite {
  sourceRecordId: string;
  observedAt: string;
}

export interface SourcedPlacing {
  outcomes: LoadOutcome[];
  records: SourcedRecordToWrite[];
  /** Ids of records in whose place newer versions stand now. */
  ended: string[];
  created: KnownContact[];
  changed: KnownContact[];
  marks: { contactId: string; mark: MarkToSet }[];
}

export interface SourcedPlacingOptions {
  runId: string;
  sourceName: string;
  startedAt: string;
  newId: () => string;
  /** ISO 3166-1 alpha-2: where an address without a country lies. */
  country: string;
  rules: WritingRules;
  /** Whoever started the run: in whose name marks are set. */
  markedBy: string | null;
  /** Source records of which the contact was deleted here. */
  deletedHere: ReadonlySet<string>;
}

interface Placement extends SourcedPlacingOptions {
  placing: SourcedPlacing;
  known: ReturnType<typeof knownContacts>;
  bySource: Map<string, KnownContact>;
  byId: ReadonlyMap<string, KnownContact>;
  changed: Set<KnownContact>;
}

export function placeSourced(
  rows: readonly ContactSourcedRow[],
  contacts: readonly KnownContact[],
  options: SourcedPlacingOptions,
): SourcedPlacing {
  const placing: SourcedPlacing = { outcomes: [], records: [], ended: [], created: [], changed: [], marks: [] };
  const placement: Placement = {
    ...options,
    placing,
    known: knownContacts(contacts, options.rules),
    bySource: bySource(contacts),
    byId: new Map(contacts.map((contact) => [contact.id, contact])),
    changed: new Set(),
  };
  for (const row of rows) placing.outcomes.push(place(placement, row));
  placing.changed.push(...placement.changed);
  return placing;
}

/** Where two contacts have it, e.g. as one of them was brought back, it is the first one's. */
function bySource(contacts: readonly KnownContact[]): Map<string, KnownContact> {
  const found = new Map<string, KnownContact>();
  for (const contact of contacts) {
    for (const { sourceRecordId } of contact.members) {
      if (sourceRecordId && !found.has(sourceRecordId)) found.set(sourceRecordId, contact);
    }
  }
  return found;
}

/** Whose it is: as it was, or as the rules match it. */
function find({ bySource, byId, known }: Placement, row: ContactSourcedRow): Found {
  const its = bySource.get(row.sourceRecordId) ?? (row.was === null ? undefined : byId.get(row.was));
  return its ? { contacts: [its], byNameOnly: false, unknownId: false } : known.find(row);
}

function place(placement: Placement, asSent: ContactSourcedRow): LoadOutcome {
  const { rules } = placement;
  if (placement.deletedHere.has(asSent.sourceRecordId)) {
    return { kind: "left", subjectId: null, remarks: [DELETED_HERE] };
  }
  const found = find(placement, asSent);
  const judged = { ...found, contacts: found.contacts.map((contact) => withoutThis(contact, asSent, placement)) };
  const refusal = refusalOf(judged, rules);
  if (refusal) return { kind: "refused", refusals: [refusal] };
  const left = leftAlone(judged, rules);
  if (left) return { kind: "left", subjectId: left.contactId, remarks: [left.remark] };
  const remarks = [...remarksOf(found), ...(asSent.canonical.remarks ?? [])];
  const [contact] = found.contacts;
  const [without] = judged.contacts;
  if (!contact || !without) return create(placement, asSent, remarks);
  return change(placement, { contact, without, row: asSent, remarks });
}

/** The contact as the rules of writing look at it: without what this record said before, and without this run. */
function withoutThis(contact: KnownContact, { sourceRecordId }: ContactSourcedRow, { runId }: Placement): KnownContact {
  const others = contact.members.filter((member) => member.sourceRecordId !== sourceRecordId);
  const before = others.filter((member) => member.runId !== runId);
  const valuesOf = (members: MemberRecord[]) => computeContact(members, contact.pins).values;
  return {
    ...contact,
    members: others,
    values: others.length === contact.members.length ? contact.values : valuesOf(others),
    before: valuesOf(before),
    isOfThisRun: before.length === 0,
  };
}

function create(placement: Placement, row: ContactSourcedRow, remarks: readonly string[]): LoadOutcome {
  const { known, placing, newId, bySource } = placement;
  const data = { ...row.canonical.data, ...row.canonical.ifNew };
  const contact = newContact(newId());
  const member = memberOf(placement, row, data);
  contact.members.push(member);
  contact.values = computeContact(contact.members, contact.pins).values;
  if (!isKnown(contact.values)) return { kind: "refused", refusals: [nobodyToKnow] };
  store(placing, contact, row, member);
  placing.created.push(contact);
  known.add(contact);
  bySource.set(row.sourceRecordId, contact);
  const marks = mark(placement, contact, data.noContact ?? []);
  const after = { values: told(contact.values), ...(marks.length > 0 ? { marks } : {}) };
  return { kind: "new", subjectId: contact.id, before: null, after, remarks };
}

interface Changing {
  contact: KnownContact;
  /** The contact without what the record said before. */
  without: KnownContact;
  row: ContactSourcedRow;
  remarks: readonly string[];
}

/** Puts a version in the place of the one before. */
function change(placement: Placement, { contact, without, row, remarks }: Changing): LoadOutcome {
  const { placing, known, rules, country, bySource } = placement;
  const data = written(without, withoutDerivedZone(row, without, country), rules);
  const member = memberOf(placement, row, data);
  const members = [...without.members, member];
  if (!staysKnown(members, contact.pins)) return { kind: "refused", refusals: [whatIsLeft] };
  const former = contact.members.filter(({ sourceRecordId }) => sourceRecordId === row.sourceRecordId);
  const before = contact.values;
  contact.members = members;
  contact.values = computeContact(members, contact.pins).values;
  store(placing, contact, row, member);
  placing.ended.push(...former.map(({ id }) => id));
  known.add(contact);
  bySource.set(row.sourceRecordId, contact);
  // What the record forbade before, somebody may have lifted since.
  const forbade = new Set(former.flatMap((one) => one.data.noContact ?? []));
  const channels = (data.noContact ?? []).filter((channel) => !forbade.has(channel));
  const marks = mark(placement, contact, channels);
  const difference = differences(before, contact.values);
  if (difference && !contact.isNew) placement.changed.add(contact);
  return { ...changedBy(contact.id, difference, marks), remarks };
}

/** Whether something is left to know the contact by, also when nothing of it is pinned any more. */
function staysKnown(members: readonly MemberRecord[], pins: ReadonlySet<ContactField>): boolean {
  return [pins, new Set<never>()].every((some) => isKnown(computeContact(members, some).values));
}

function memberOf({ newId, runId }: Placement, row: ContactSourcedRow, data: RecordData): MemberRecord {
  const { hash, saidAt: observedAt, sourceRecordId } = row;
  return { id: newId(), source: "connector", runId, sourceRecordId, observedAt, hash, data };
}

function store(placing: SourcedPlacing, contact: KnownContact, row: ContactSourcedRow, member: MemberRecord): void {
  const { id, hash, data, observedAt } = member;
  const { rawRecordId, sourceRecordId } = row;
  placing.records.push({ id, contactId: contact.id, rawRecordId, hash, data, sourceRecordId, observedAt });
}

function mark(
  { placing, newId, startedAt, markedBy, sourceName }: Placement,
  contact: KnownContact,
  channels: NonNullable<RecordData["noContact"]>,
): MarkToSet[] {
  const marks = newMarks(contact, channels, { newId, markedAt: startedAt, markedBy, reason: sourceName });
  for (const mark of marks) placing.marks.push({ contactId: contact.id, mark });
  return marks;
}

/** Without what only the writing of a change entry asks for. */
export function plain(outcome: LoadOutcome): SourcedOutcome {
  if (outcome.kind === "refused") return outcome;
  const remarks = outcome.remarks ?? [];
  if (outcome.kind === "left") return { kind: "left", subjectId: outcome.subjectId, remarks };
  const kind = outcome.kind === "same" ? "kept" : outcome.kind;
  return { kind, subjectId: outcome.subjectId, remarks };
}
