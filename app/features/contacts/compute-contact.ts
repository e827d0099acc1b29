import {
  type Address,
  type ContactField,
  type ContactValues,
  fieldsIn,
  keysOf,
  nothingKnown,
  saidOf,
} from "~/features/contacts/contact";

/** One canonical record that is a member of a contact. What it does not say is absent. */
export interface MemberRecord {
  id: string;
  source: "by-hand" | "file";
  /** When the source said so: ISO 8601 UTC. All rows of one import share one instant. */
  observedAt: string;
  /** Of the canonical data: equal data has an equal hash. Settles ties, so that the order of rows never matters. */
  hash: string;
  data: Partial<ContactValues>;
}

export interface ComputedContact {
  values: ContactValues;
  /** Which record each field came from; a list's origin is its first value's. Absent: nobody said anything. */
  origins: Partial<Record<ContactField, string>>;
}

/**
 * What a contact says: a pure function of its member records and its pins. A pinned field is what the by-hand record
 * says. Otherwise the newest record that says anything wins a single value, and lists are the union of all records,
 * the newest record's first. Ties fall to the record with the lowest hash, then id.
 */
export function computeContact(members: readonly MemberRecord[], pins: ReadonlySet<ContactField>): ComputedContact {
  const newestFirst = [...members].sort(byAge);
  const byHand = newestFirst.find((member) => member.source === "by-hand");
  const computed: ComputedContact = { values: { ...nothingKnown }, origins: {} };
  for (const field of fieldsIn(...members.map(({ data }) => data))) {
    const candidates = pins.has(field) && byHand ? [byHand] : newestFirst.filter((member) => says(member, field));
    const winner = candidates[0];
    if (!winner) continue;
    computed.origins[field] = winner.id;
    Object.assign(computed.values, surviving(field, candidates));
  }
  return computed;
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
        addresses: union(
          candidates.map((c) => c.data.addresses),
          addressKey,
        ),
      };
    case "tags":
      return {
        tags: union(
          candidates.map((c) => c.data.tags),
          (tag) => tag.toLowerCase(),
        ),
      };
    default:
      return group(field, candidates[0]?.data ?? {});
  }
}

/** The values of one field from one record, whole: no given name from one record with a family name from another. */
function group(field: ContactField, data: Partial<ContactValues>): Partial<ContactValues> {
  return saidOf(keysOf(field), data);
}

function union<Item>(lists: readonly (readonly Item[] | undefined)[], keyOf: (item: Item) => string): Item[] {
  const seen = new Map<string, Item>();
  for (const list of lists) {
    for (const item of list ?? []) {
      const key = keyOf(item);
      if (!seen.has(key)) seen.set(key, item);
    }
  }
  return [...seen.values()];
}

function addressKey(address: Address): string {
  return [address.street, address.postalCode, address.city, address.region, address.country]
    .map((part) =>
      (part ?? "")
        .toLowerCase()
        .replace(/[\s,.]+/g, " ")
        .trim(),
    )
    .join("|");
}
