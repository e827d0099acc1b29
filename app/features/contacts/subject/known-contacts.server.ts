import { type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, displayName } from "~/features/contacts/contact";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type CanonicalRow } from "~/features/pipeline/subject";
import { fold, sortKey } from "~/platform/fold.server";

/**
 * Which contact a row is about: the one that has this very row already; else the one with the same email; else the one
 * with the same name and the same phone or company. Archived contacts count too.
 */

export type ContactRow = CanonicalRow<CanonicalContact>;

export interface KnownContact {
  id: string;
  members: MemberRecord[];
  pins: ReadonlySet<ContactField>;
  values: ContactValues;
  /** Rows of this run that came out the same and were not stored; with their place in this batch, if they are of it. */
  unstored: { row: ContactRow; index: number | null }[];
  isNew: boolean;
  isArchived: boolean;
}

export function knownContacts(contacts: readonly KnownContact[]) {
  const byHash = new Map<string, Set<KnownContact>>();
  const byEmail = new Map<string, Set<KnownContact>>();
  const byName = new Map<string, Set<KnownContact>>();

  /** Also called again after a contact has changed: what it no longer says is checked when it is found. */
  function add(contact: KnownContact): void {
    for (const member of contact.members) file(byHash, member.hash, contact);
    for (const email of contact.values.emails) file(byEmail, emailKey(email.value), contact);
    for (const name of namesOf(contact.values)) file(byName, name, contact);
  }

  function find(row: ContactRow): { contacts: KnownContact[]; byNameOnly: boolean } {
    const already = byHash.get(row.hash);
    if (already) return { contacts: [...already], byNameOnly: false };
    const said = saidBy(row);
    const emails = new Set(said.emails.map((email) => emailKey(email.value)));
    const sameEmail = all(byEmail, emails).filter(({ values }) =>
      values.emails.some((email) => emails.has(emailKey(email.value))),
    );
    if (sameEmail.length > 0) return { contacts: sameEmail, byNameOnly: false };
    const names = namesOf(said);
    const near = all(byName, names).filter(({ values }) => isSameName(values, names) && isNear(values, said));
    return { contacts: near, byNameOnly: true };
  }

  contacts.forEach(add);
  return { add, find };
}

const nothing = { givenName: null, familyName: null, typedName: null, company: null, emails: [], phones: [] };

type Said = Pick<ContactValues, keyof typeof nothing>;

/** What a row says that it can be known by. */
export function saidBy(row: ContactRow): Said {
  return { ...nothing, ...row.canonical.data };
}

function file(index: Map<string, Set<KnownContact>>, key: string, contact: KnownContact): void {
  const found = index.get(key);
  if (found) found.add(contact);
  else index.set(key, new Set([contact]));
}

function all(index: Map<string, Set<KnownContact>>, keys: ReadonlySet<string>): KnownContact[] {
  const found = new Set<KnownContact>();
  for (const key of keys) for (const contact of index.get(key) ?? []) found.add(contact);
  return [...found];
}

/** Two addresses that differ in case only are one; marks make a difference, though the look-up folds them. */
function emailKey(email: string): string {
  return email.toLowerCase();
}

/** What it is called: as shown, and as its parts put together. */
export function namesOf(values: Said): Set<string> {
  const parts = fold([values.givenName, values.familyName].filter(Boolean).join(" "));
  const shown = fold(displayName(values as ContactValues));
  return new Set([shown, parts].filter((name) => name !== ""));
}

function isSameName(values: ContactValues, names: ReadonlySet<string>): boolean {
  return [...namesOf(values)].some((name) => names.has(name));
}

function isNear(values: ContactValues, said: Said): boolean {
  const phones = new Set(said.phones.map((phone) => phone.value));
  if (values.phones.some((phone) => phones.has(phone.value))) return true;
  return said.company !== null && values.company !== null && fold(said.company) === fold(values.company);
}

const MOST_WORDS = 6;

/**
 * Sort keys under which contacts of this name may stand: as it is, and with its first words moved to the end, since
 * "Folasade Adebayo" stands under "adebayo folasade" where the parts are known.
 */
export function nameKeys(name: string): string[] {
  const words = name.split(" ");
  if (words.length > MOST_WORDS) return [sortKey(name)];
  return words.map((_, moved) => sortKey([...words.slice(moved), ...words.slice(0, moved)].join(" ")));
}

/** A contact as it is named in a sentence that tells it from another of the same name. */
export function describeCandidate(values: ContactValues): string {
  const name = displayName(values);
  const more = values.emails[0]?.value ?? values.phones[0]?.value ?? values.company;
  return more && more !== name ? `${name} (${more})` : name;
}
