import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { differences } from "~/features/contacts/values/differences.server";
import { computeContact } from "~/features/contacts/compute-contact";
import { type ContactValues } from "~/features/contacts/contact";
import {
  type ContactRow,
  describeCandidate,
  type KnownContact,
  knownContacts,
} from "~/features/contacts/subject/known-contacts.server";
import { type LoadOutcome, type Refusal } from "~/features/pipeline/subject";

/**
 * Decides what becomes of the rows of a batch, from what is known to what is to be written; touches no database.
 *
 * All rows of a run share one instant. A row is the same if the newest rows of its contact already say it, or if
 * saying it would change nothing. But as soon as one row of a run is stored with a contact, all its rows are: so the
 * run's rows stand there together, ties settled by their hash: what a contact says never hangs on their order, and a
 * second import of them, in whatever files, makes no difference. Which contact a row that fits several goes to can hang on
 * what stands above it.
 */

export interface RecordToWrite {
  id: string;
  contactId: string;
  rawRecordId: string;
  hash: string;
  data: Partial<ContactValues>;
}

export interface Placing {
  outcomes: LoadOutcome[];
  records: RecordToWrite[];
  created: KnownContact[];
  changed: KnownContact[];
  /** Raw records of earlier batches that are stored after all. */
  takenUp: string[];
}

export interface PlacingOptions {
  observedAt: string;
  newId: () => string;
  /** ISO 3166-1 alpha-2: where an address without a country lies. */
  country: string;
}

/** The rule of refusal where two contacts fit; such rows are looked at again when everything else is in. */
export const SEVERAL_MATCHES = "several-matches";

/** Remarks on rows that were taken: their contact is archived; it was known by its name and not by an email. */
export const ARCHIVED = "archived";
export const BY_NAME = "by-name";

type Taken = Exclude<LoadOutcome, { kind: "refused" }>;

export function placeRows(
  rows: readonly ContactRow[],
  contacts: readonly KnownContact[],
  { observedAt, newId, country }: PlacingOptions,
): Placing {
  const known = knownContacts(contacts);
  const placing: Placing = { outcomes: [], records: [], created: [], changed: [], takenUp: [] };
  const changed = new Set<KnownContact>();

  function store(contact: KnownContact, row: ContactRow, data: Partial<ContactValues>): void {
    const id = newId();
    contact.members.push({ id, source: "file", observedAt, hash: row.hash, data });
    placing.records.push({ id, contactId: contact.id, rawRecordId: row.rawRecordId, hash: row.hash, data });
  }

  function create(row: ContactRow): LoadOutcome {
    const data = { ...row.canonical.data, ...row.canonical.ifNew };
    const contact = newContact(newId());
    store(contact, row, data);
    contact.values = computeContact(contact.members, contact.pins).values;
    placing.created.push(contact);
    known.add(contact);
    return { kind: "new", subjectId: contact.id, before: null, after: { values: told(contact.values) } };
  }

  /** Stores a row, and with it the run's earlier rows of this contact that were not stored. */
  function change(contact: KnownContact, row: ContactRow): Taken {
    const before = contact.values;
    const hashes = new Set(
      contact.members.filter((member) => member.observedAt === observedAt).map(({ hash }) => hash),
    );
    for (const earlier of [...contact.unstored, { row, index: null }]) {
      if (!hashes.has(earlier.row.hash)) store(contact, earlier.row, earlier.row.canonical.data);
      hashes.add(earlier.row.hash);
      if (earlier.index !== null) placing.outcomes[earlier.index] = keptAfterAll(placing.outcomes[earlier.index]);
      else if (earlier.row !== row) placing.takenUp.push(earlier.row.rawRecordId);
    }
    contact.unstored = [];
    contact.values = computeContact(contact.members, contact.pins).values;
    known.add(contact);
    const difference = differences(before, contact.values);
    if (!difference) return { kind: "kept", subjectId: contact.id };
    if (!contact.isNew) changed.add(contact);
    return { kind: "changed", subjectId: contact.id, ...difference };
  }

  function place(asSent: ContactRow, index: number): LoadOutcome {
    const { contacts, byNameOnly } = known.find(asSent);
    const [contact, ...others] = contacts;
    if (!contact) return create(asSent);
    const row = withoutDerivedZone(asSent, contact, country);
    if (others.length > 0) return { kind: "refused", refusals: [severalMatches([contact, ...others])] };
    const remarks = [...(contact.isArchived ? [ARCHIVED] : []), ...(byNameOnly ? [BY_NAME] : [])];
    if (!isSame(contact, row, observedAt)) return { ...change(contact, row), remarks };
    contact.unstored.push({ row, index });
    return { kind: "same", subjectId: contact.id, remarks };
  }

  rows.forEach((row, index) => placing.outcomes.push(place(row, index)));
  placing.changed.push(...changed);
  return placing;
}

/** Lists also show the time zone that only follows from an address or phone: saying it again says nothing new. */
function withoutDerivedZone(row: ContactRow, { values }: KnownContact, country: string): ContactRow {
  const { timeZone, ...data } = row.canonical.data;
  if (timeZone === undefined || values.timeZone !== null) return row;
  if (deriveTimeZone(values, country)?.zone !== timeZone) return row;
  return { ...row, canonical: { ...row.canonical, data } };
}

function newContact(id: string): KnownContact {
  const { values } = computeContact([], new Set());
  return { id, members: [], pins: new Set(), values, unstored: [], isNew: true, isArchived: false };
}

function keptAfterAll(outcome: LoadOutcome | undefined): LoadOutcome {
  if (outcome?.kind !== "same") throw new Error("Only a row that came out the same is taken up again");
  return { ...outcome, kind: "kept" };
}

function isSame(contact: KnownContact, row: ContactRow, observedAt: string): boolean {
  const fromFiles = contact.members.filter((member) => member.source === "file");
  const newest = fromFiles.reduce((latest, member) => (member.observedAt > latest ? member.observedAt : latest), "");
  if (fromFiles.some((member) => member.observedAt === newest && member.hash === row.hash)) return true;
  if (newest === observedAt) return false;
  const added = { id: "", source: "file", observedAt, hash: row.hash, data: row.canonical.data } as const;
  return !differences(contact.values, computeContact([...contact.members, added], contact.pins).values);
}

function severalMatches(contacts: readonly KnownContact[]): Refusal {
  const names = contacts.slice(0, 3).map(({ values }) => `“${describeCandidate(values)}”`);
  const more = contacts.length > 3 ? ` and ${contacts.length - 3} more` : "";
  return {
    column: null,
    value: null,
    reason: `${contacts.length} contacts fit this row: ${names.join(", ")}${more}. Make them one, or correct the row, and send it again.`,
    rule: SEVERAL_MATCHES,
  };
}

/** What a new contact says, without what it does not. */
function told(values: ContactValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
