import { type MemberRecord } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, displayName } from "~/features/contacts/contact";
import { type Channel } from "~/features/contacts/consent/consent";
import { type Branches, branches } from "~/features/contacts/subject/branches.server";
import { type Judged, sameCompany } from "~/features/contacts/subject/companies-apart.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type CanonicalRow } from "~/features/pipeline/subject";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { fold, sortKey } from "~/platform/fold.server";

/**
 * Which contact a row is about: the one that has this very row already, else as the rules say. Usually that is the one
 * whose id the row has; else the one with the same email; else the one with the same name and the same phone or company.
 * A company's own name is both: of companies the place, or else the email's domain, has to be the same, too, or the other
 * to say nothing of it. Archived contacts count too.
 */

export type ContactRow = CanonicalRow<CanonicalContact>;

export interface KnownContact {
  id: string;
  members: MemberRecord[];
  pins: ReadonlySet<ContactField>;
  values: ContactValues;
  /** What it said without any row of this run. */
  before: ContactValues;
  /** Whether there is nothing of it but rows of this run. */
  isOfThisRun: boolean;
  /** Channels that a mark forbids, those that this batch sets too. */
  forbidden: Set<Channel>;
  /** Rows of this run that came out the same and were not stored; with their place in this batch, if they are of it. */
  unstored: { row: ContactRow; index: number | null }[];
  isNew: boolean;
  isArchived: boolean;
}

interface Way {
  find(said: Said): KnownContact[];
  byNameOnly?: boolean;
}

export interface Found {
  contacts: KnownContact[];
  /** Known by its name and not by an email or id. */
  byNameOnly: boolean;
  /** Nobody has the id that the row has. */
  unknownId: boolean;
}

/**
 * @param rules Where only contacts that are there may be changed, they are known by what they said before the run: who
 * fits nobody does so wherever the row stands.
 */
export function knownContacts(contacts: readonly KnownContact[], { what, match }: WritingRules) {
  const said = (contact: KnownContact) => (what === "update" ? contact.before : contact.values);
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const byPhone = new Map<string, Set<KnownContact>>();
  const byHash = new Map<string, Set<KnownContact>>();
  const byEmail = new Map<string, Set<KnownContact>>();
  const { addNamed, withName, nearest } = namesakes(said);

  /** Also called again after a contact has changed: what it no longer says is checked when it is found. */
  function add(contact: KnownContact): void {
    for (const member of contact.members) file(byHash, member.hash, contact);
    const { emails, phones } = said(contact);
    for (const email of emails) file(byEmail, emailKey(email.value), contact);
    if (match === "phone") for (const phone of phones) file(byPhone, phone.value, contact);
    addNamed(contact);
  }

  function withHash(rowHash: string): KnownContact[] {
    return all(byHash, new Set([rowHash])).filter(({ members }) => members.some(({ hash }) => hash === rowHash));
  }

  function withEmail(row: Said): KnownContact[] {
    const emails = new Set(row.emails.map((email) => emailKey(email.value)));
    return all(byEmail, emails).filter((contact) =>
      said(contact).emails.some((email) => emails.has(emailKey(email.value))),
    );
  }

  function withPhone(row: Said): KnownContact[] {
    const phones = new Set(row.phones.map((phone) => phone.value));
    return all(byPhone, phones).filter((contact) => sharesPhone(said(contact), row));
  }

  /** In this order: the first that finds anybody decides. */
  const ways: Record<string, readonly Way[]> = {
    email: [{ find: withEmail }],
    phone: [{ find: withPhone }],
    name: [{ find: (row) => withName(row).filter((contact) => isOfSameCompany(said(contact), row)) }],
    id: [],
    automatic: [{ find: withEmail }, { find: nearest, byNameOnly: true }],
  };

  function find(row: ContactRow): Found {
    const already = withHash(row.hash);
    if (already.length > 0) return { contacts: already, byNameOnly: false, unknownId: false };
    const id = match === "automatic" || match === "id" ? row.canonical.contactId : undefined;
    const named = id === undefined ? undefined : byId.get(id);
    if (named) return { contacts: [named], byNameOnly: false, unknownId: false };
    const unknownId = id !== undefined;
    const rowSays = saidBy(row);
    for (const { find, byNameOnly = false } of ways[match] ?? []) {
      const contacts = find(rowSays);
      if (contacts.length > 0) return { contacts, byNameOnly, unknownId };
    }
    return { contacts: [], byNameOnly: false, unknownId };
  }

  contacts.forEach(add);
  return { add, find };
}

/** Contacts by their names. */
function namesakes(said: (contact: KnownContact) => ContactValues) {
  const byName = new Map<string, Set<KnownContact>>();
  const branchesByName = new Map<string, Branches<KnownContact>>();

  function addNamed(contact: KnownContact): void {
    for (const name of calledBy(said(contact)).names) {
      file(byName, name, contact);
      branchesByName.get(name)?.add(contact, said(contact));
    }
  }

  function withName(row: Said): KnownContact[] {
    const { names } = calledBy(row);
    return all(byName, names).filter((contact) => isSameName(said(contact), names));
  }

  /** Those that are near, or else those of which nothing but the name is known, or of the row. */
  function nearest(row: Said): KnownContact[] {
    // Of people's names there are not many.
    if (!isCompanyItself(row)) return withName(row).filter((contact) => nearnessOf(said(contact), row) === "same");
    const { names } = calledBy(row);
    const called = [...names].map(branchesCalled);
    const judged = (filed: readonly (readonly KnownContact[])[], nearness: Judged) =>
      [...new Set(filed.flat())].filter(
        (contact) => isSameName(said(contact), names) && nearnessOf(said(contact), row) === nearness,
      );
    const near = judged(
      called.map((those) => those.perhapsSame(row)),
      "same",
    );
    if (near.length > 0) return near;
    return judged(
      called.map((those) => those.perhapsOpen(row)),
      "open",
    );
  }

  /** Made when the first company of the name is asked for. */
  function branchesCalled(name: string): Branches<KnownContact> {
    const made = branchesByName.get(name) ?? branches([...(byName.get(name) ?? [])], said);
    branchesByName.set(name, made);
    return made;
  }

  return { addNamed, withName, nearest };
}

type Said = Pick<
  ContactValues,
  "givenName" | "familyName" | "typedName" | "company" | "emails" | "phones" | "addresses"
>;

/** What a row says that it can be known by. */
export function saidBy({ canonical: { data } }: ContactRow): Said {
  return {
    givenName: data.givenName ?? null,
    familyName: data.familyName ?? null,
    typedName: data.typedName ?? null,
    company: data.company ?? null,
    emails: data.emails ?? [],
    phones: data.phones ?? [],
    addresses: data.addresses ?? [],
  };
}

function file(index: Map<string, Set<KnownContact>>, key: string, contact: KnownContact): void {
  const found = index.get(key);
  if (found) found.add(contact);
  else index.set(key, new Set([contact]));
}

function all(index: Map<string, Set<KnownContact>>, keys: ReadonlySet<string>): KnownContact[] {
  const filed = [...keys].flatMap((key) => index.get(key) ?? []);
  return filed.length === 1 ? [...filed[0]!] : [...new Set(filed.flatMap((some) => [...some]))];
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

/** Names as they are compared. */
interface Called {
  names: ReadonlySet<string>;
  company: string | null;
}

/** Worked out once for what a contact says: each of many of one name is compared with each. */
const knownNames = new WeakMap<Said, Called>();

function calledBy(said: Said): Called {
  const called = knownNames.get(said) ?? {
    names: namesOf(said),
    company: said.company === null ? null : fold(said.company),
  };
  knownNames.set(said, called);
  return called;
}

function isSameName(values: ContactValues, names: ReadonlySet<string>): boolean {
  for (const name of calledBy(values).names) if (names.has(name)) return true;
  return false;
}

function nearnessOf(values: ContactValues, said: Said): Judged {
  if (sharesPhone(values, said)) return "same";
  if (!isOfSameCompany(values, said)) return "other";
  return isCompanyItself(said) ? sameCompany(values, said) : "same";
}

/** Its company says nothing that its name does not. */
function isCompanyItself(said: Said): boolean {
  const { names, company } = calledBy(said);
  return company !== null && names.has(company);
}

function sharesPhone(values: Said, { phones }: Said): boolean {
  return phones.some((phone) => values.phones.some((other) => other.value === phone.value));
}

function isOfSameCompany(values: Said, said: Said): boolean {
  const { company } = calledBy(said);
  return company !== null && company === calledBy(values).company;
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
  const { emails, phones, company, addresses } = values;
  const more = [emails[0]?.value, phones[0]?.value, company, addresses[0]?.city].find((text) => text && text !== name);
  return more ? `${name} (${more})` : name;
}
