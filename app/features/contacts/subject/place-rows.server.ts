import { computeContact, type RecordData } from "~/features/contacts/compute-contact";
import { type Channel } from "~/features/contacts/consent/consent";
import { type ContactValues, isKnown } from "~/features/contacts/contact";
import {
  isSame,
  leftAlone,
  nobodyToKnow,
  refusalOf,
  remarksOf,
  staysKnown,
  whatIsLeft,
  withoutDerivedZone,
  written,
} from "~/features/contacts/subject/judge-row.server";
import { type ContactRow, type KnownContact, knownContacts } from "~/features/contacts/subject/known-contacts.server";
import { differences } from "~/features/contacts/values/differences.server";
import { type LoadOutcome } from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";

/**
 * Decides what becomes of the rows of a batch, from what is known to what is to be written; touches no database.
 *
 * All rows of a run share one instant. Of a row is written what the rules let through; it is the same if the newest rows
 * of its contact already say that, or if saying it would change nothing. But as soon as one row of a run is stored with a
 * contact, all its rows are: so the run's rows stand there together, ties settled by their hash: what a contact says never
 * hangs on their order, and a second import of them, in whatever files, makes no difference. Which contact a row that fits
 * several goes to can hang on what stands above it.
 */

export interface RecordToWrite {
  id: string;
  contactId: string;
  rawRecordId: string;
  hash: string;
  data: RecordData;
}

/** A channel that a row forbids and no mark forbade: whole, as an entry tells of it. */
export interface MarkToSet {
  id: string;
  channel: Channel;
  reason: string;
  markedAt: string;
  markedBy: string | null;
  liftedAt: null;
  liftedBy: null;
}

export interface Placing {
  outcomes: LoadOutcome[];
  records: RecordToWrite[];
  created: KnownContact[];
  changed: KnownContact[];
  marks: { contactId: string; mark: MarkToSet }[];
  /** Raw records of earlier batches that are stored after all. */
  takenUp: string[];
}

export interface PlacingOptions {
  observedAt: string;
  newId: () => string;
  /** ISO 3166-1 alpha-2: where an address without a country lies. */
  country: string;
  rules: WritingRules;
  /** Whoever started the run: in whose name marks are set. */
  markedBy: string | null;
}

interface Placement extends PlacingOptions {
  placing: Placing;
  known: ReturnType<typeof knownContacts>;
  changed: Set<KnownContact>;
}

type Taken = Exclude<LoadOutcome, { kind: "refused" | "left" }>;

export function placeRows(
  rows: readonly ContactRow[],
  contacts: readonly KnownContact[],
  options: PlacingOptions,
): Placing {
  const placing: Placing = { outcomes: [], records: [], created: [], changed: [], marks: [], takenUp: [] };
  const placement = {
    ...options,
    placing,
    known: knownContacts(contacts, options.rules),
    changed: new Set<KnownContact>(),
  };
  rows.forEach((row, index) => placing.outcomes.push(place(placement, row, index)));
  placing.changed.push(...placement.changed);
  return placing;
}

function place(placement: Placement, asSent: ContactRow, index: number): LoadOutcome {
  const { rules, country } = placement;
  const found = placement.known.find(asSent);
  const refusal = refusalOf(found, rules);
  if (refusal) return { kind: "refused", refusals: [refusal] };
  const left = leftAlone(found, rules);
  if (left) return { kind: "left", subjectId: left.contactId, remarks: [left.remark] };
  const remarks = [...remarksOf(found), ...(asSent.canonical.remarks ?? [])];
  const [contact] = found.contacts;
  if (!contact) return create(placement, asSent, remarks);
  const row = withoutDerivedZone(asSent, contact, country);
  const writing = { observedAt: placement.observedAt, data: written(contact, row, rules) };
  if (!staysKnown(contact, row, writing)) return { kind: "refused", refusals: [whatIsLeft] };
  if (!isSame(contact, row, writing)) return { ...change(placement, contact, row), remarks };
  contact.unstored.push({ row, index });
  return { kind: "same", subjectId: contact.id, remarks };
}

function store(
  { placing, newId, observedAt }: Placement,
  contact: KnownContact,
  row: ContactRow,
  data: RecordData,
): void {
  const id = newId();
  contact.members.push({ id, source: "file", observedAt, hash: row.hash, data });
  placing.records.push({ id, contactId: contact.id, rawRecordId: row.rawRecordId, hash: row.hash, data });
}

/** Sets the marks that a row asks for, where there is none. */
function mark(
  { placing, newId, observedAt, markedBy }: Placement,
  contact: KnownContact,
  { noContact = [] }: RecordData,
): MarkToSet[] {
  const marks = newMarks(contact, noContact, { newId, markedAt: observedAt, markedBy, reason: "Import" });
  for (const mark of marks) placing.marks.push({ contactId: contact.id, mark });
  return marks;
}

/** Marks of those channels that no mark forbids. */
export function newMarks(
  { forbidden }: Pick<KnownContact, "forbidden">,
  channels: readonly Channel[],
  { newId, ...by }: { newId: () => string } & Pick<MarkToSet, "reason" | "markedAt" | "markedBy">,
): MarkToSet[] {
  const marks = channels
    .filter((channel) => !forbidden.has(channel))
    .map((channel): MarkToSet => ({ id: newId(), channel, ...by, liftedAt: null, liftedBy: null }));
  for (const { channel } of marks) forbidden.add(channel);
  return marks;
}

function create(placement: Placement, row: ContactRow, remarks: readonly string[]): LoadOutcome {
  const { known, placing, newId } = placement;
  const data = { ...row.canonical.data, ...row.canonical.ifNew };
  const contact = newContact(newId());
  store(placement, contact, row, data);
  contact.values = computeContact(contact.members, contact.pins).values;
  if (!isKnown(contact.values)) {
    placing.records.pop();
    return { kind: "refused", refusals: [nobodyToKnow] };
  }
  placing.created.push(contact);
  known.add(contact);
  const marks = mark(placement, contact, data);
  const after = { values: told(contact.values), ...(marks.length > 0 ? { marks } : {}) };
  return { kind: "new", subjectId: contact.id, before: null, after, remarks };
}

/** Stores a row, and with it the run's earlier rows of this contact that were not stored. */
function change(placement: Placement, contact: KnownContact, row: ContactRow): Taken {
  const { placing, observedAt } = placement;
  const before = contact.values;
  const hashes = new Set(contact.members.filter((member) => member.observedAt === observedAt).map(({ hash }) => hash));
  const marks: MarkToSet[] = [];
  for (const earlier of [...contact.unstored, { row, index: null }]) {
    const data = written(contact, earlier.row, placement.rules);
    if (!hashes.has(earlier.row.hash)) store(placement, contact, earlier.row, data);
    hashes.add(earlier.row.hash);
    marks.push(...mark(placement, contact, data));
    if (earlier.index !== null) placing.outcomes[earlier.index] = keptAfterAll(placing.outcomes[earlier.index]);
    else if (earlier.row !== row) placing.takenUp.push(earlier.row.rawRecordId);
  }
  contact.unstored = [];
  contact.values = computeContact(contact.members, contact.pins).values;
  placement.known.add(contact);
  const difference = differences(before, contact.values);
  if (difference && !contact.isNew) placement.changed.add(contact);
  return changedBy(contact.id, difference, marks);
}

/** What has come of storing a row. */
export function changedBy(
  subjectId: string,
  difference: ReturnType<typeof differences>,
  marks: readonly MarkToSet[],
): Taken {
  if (!difference && marks.length === 0) return { kind: "kept", subjectId };
  const told = difference ?? { before: { values: {} }, after: { values: {} } };
  const after = marks.length > 0 ? { ...told.after, marks } : told.after;
  return { kind: "changed", subjectId, before: told.before, after };
}

export function newContact(id: string): KnownContact {
  const { values } = computeContact([], new Set());
  const state = { pins: new Set<never>(), values, before: values, forbidden: new Set<Channel>() };
  return { id, members: [], ...state, unstored: [], isNew: true, isOfThisRun: true, isArchived: false };
}

function keptAfterAll(outcome: LoadOutcome | undefined): LoadOutcome {
  if (outcome?.kind !== "same") throw new Error("Only a row that came out the same is taken up again");
  return { ...outcome, kind: "kept" };
}

/** What a new contact says, without what it does not. */
export function told(values: ContactValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
