import { type Channel } from "~/features/contacts/consent/consent";
import {
  type ContactField,
  type ContactValues,
  fieldsIn,
  isCustomField,
  keysOf,
  nothingKnown,
  saidOf,
} from "~/features/contacts/contact";
import { addressKey, completed, fullestName, withoutPartial } from "~/features/contacts/said-more-fully";

/** What a record says. */
export type RecordData = Partial<ContactValues> & {
  /** Fields that it says are empty; `phones:mobile` only of those so labelled. Older records count no more there. */
  cleared?: readonly string[];
  /** Channels that it says are not to be used. Not computed: each has set a mark, which only a person lifts. */
  noContact?: readonly Channel[];
};

/** One canonical record that is a member of a contact. What it does not say is absent. */
export interface MemberRecord {
  id: string;
  source: "by-hand" | "file" | "connector";
  /** The run that brought it; absent where that does not matter. */
  runId?: string | null;
  /** The record at a source that it is a version of. */
  sourceRecordId?: string | null;
  /** When the source said so: ISO 8601 UTC. All rows of one import share one instant. */
  observedAt: string;
  /** Of the canonical data: equal data has an equal hash. Settles ties, so that the order of rows never matters. */
  hash: string;
  data: RecordData;
}

export interface ComputedContact {
  values: ContactValues;
  /** Which record each field came from; a list's origin is its first value's. Absent: nobody said anything. */
  origins: Partial<Record<ContactField, string>>;
}

/**
 * What a contact says: a pure function of its member records and its pins. A pinned field is what the by-hand record
 * says. Otherwise the newest record that says anything wins a single value, and lists are the union of all records,
 * the newest record's first; what another record says of the same more fully is not lost (`said-more-fully`). Ties fall
 * to the record with the lowest hash, then id. Where a record says that a field is empty, only records that are not older
 * count.
 */
export function computeContact(members: readonly MemberRecord[], pins: ReadonlySet<ContactField>): ComputedContact {
  const newestFirst = members.length > 1 ? [...members].sort(byAge) : members;
  const byHand = newestFirst.find((member) => member.source === "by-hand");
  const computed: ComputedContact = { values: { ...nothingKnown }, origins: {} };
  for (const field of fieldsIn(...members.map(({ data }) => data))) {
    const candidates = pins.has(field) && byHand ? [byHand] : candidatesFor(newestFirst, field);
    const winner = candidates[0];
    if (!winner) continue;
    computed.origins[field] = winner.id;
    Object.assign(computed.values, surviving(field, candidates));
  }
  if (!pins.has("name") && isCalledLikeCompany(computed.values)) {
    computed.values.typedName = null;
    delete computed.origins.name;
  }
  return computed;
}

/** A list that has no column for companies calls them by their name. */
function isCalledLikeCompany({ typedName, givenName, familyName, company }: ContactValues): boolean {
  return typedName !== null && typedName === company && givenName === null && familyName === null;
}

/** Records that say something of a field and have not been cleared since, the newest first. */
function candidatesFor(newestFirst: readonly MemberRecord[], field: ContactField): MemberRecord[] {
  const candidates = newestFirst.filter((member) => says(member, field));
  if (!newestFirst.some(({ data }) => data.cleared)) return candidates;
  const clears = newestFirst.flatMap(({ data, observedAt }) =>
    (data.cleared ?? []).flatMap((cleared) => {
      const [name, label] = partedClear(cleared);
      return name === field ? [{ label, at: observedAt }] : [];
    }),
  );
  return clears.length === 0 ? candidates : candidates.flatMap((member) => uncleared(member, field, clears));
}

/** "phones:mobile" → "phones", "mobile"; a label is null where all of the field is meant. */
export function partedClear(cleared: string): [field: string, label: string | null] {
  if (isCustomField(cleared)) return [cleared, null];
  const colon = cleared.indexOf(":");
  return colon < 0 ? [cleared, null] : [cleared.slice(0, colon), cleared.slice(colon + 1)];
}

/** What is left of a record in a field that newer records have cleared: all, part of a list, or nothing. */
function uncleared(
  member: MemberRecord,
  field: ContactField,
  clears: readonly { label: string | null; at: string }[],
): MemberRecord[] {
  const since = clears.filter(({ at }) => at > member.observedAt);
  if (since.length === 0) return [member];
  if (since.some(({ label }) => label === null)) return [];
  const gone = new Set(since.map(({ label }) => label));
  const list = keysOf(field).map((key) => member.data[key])[0];
  if (!Array.isArray(list)) return [member];
  const left = list.filter((item) => typeof item === "string" || !gone.has(item.label));
  return left.length === 0 ? [] : [{ ...member, data: { ...member.data, [field]: left } }];
}

/** Whether a record says that all of a field is empty. */
export function clears(member: MemberRecord, field: ContactField): boolean {
  return member.data.cleared?.includes(field) ?? false;
}

/** The newest first. Ties fall to the lowest hash, then id. */
export function byAge(a: MemberRecord, b: MemberRecord): number {
  return compare(b.observedAt, a.observedAt) || compare(a.hash, b.hash) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a record says anything of a field. */
export function says(member: MemberRecord, field: ContactField): boolean {
  return keysOf(field).some((key) => {
    const value = member.data[key];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  });
}

function surviving(field: ContactField, candidates: readonly MemberRecord[]): Partial<ContactValues> {
  switch (field) {
    case "emails":
      return {
        emails: union(
          candidates.map((c) => c.data.emails),
          (email) => email.value.toLowerCase(),
        ),
      };
    case "phones":
      return {
        phones: union(
          candidates.map((c) => c.data.phones),
          (phone) => phone.value,
        ),
      };
    case "addresses":
      return {
        addresses: union(withoutPartial(candidates.map((c) => c.data.addresses)), addressKey),
      };
    case "tags":
      return {
        tags: union(
          candidates.map((c) => c.data.tags),
          (tag) => tag.toLowerCase(),
        ),
      };
    case "name":
      return nameOf(candidates);
    default:
      return group(field, candidates[0]?.data ?? {});
  }
}

/** The values of one field from one record, whole: no given name from one record with a family name from another. */
function group(field: ContactField, data: Partial<ContactValues>): Partial<ContactValues> {
  return saidOf(keysOf(field), data);
}

/** The parts of a name stand or fall together, from the record that says it most fully. */
function nameOf(candidates: readonly MemberRecord[]): Partial<ContactValues> {
  return group("name", fullestName(candidates.map(({ data }) => data)) ?? {});
}

function union<Item>(lists: readonly (readonly Item[] | undefined)[], keyOf: (item: Item) => string): Item[] {
  const seen = new Map<string, Item>();
  for (const list of lists) {
    for (const item of list ?? []) {
      const key = keyOf(item);
      const held = seen.get(key);
      seen.set(key, held === undefined ? item : completed(held, item));
    }
  }
  return [...seen.values()];
}
