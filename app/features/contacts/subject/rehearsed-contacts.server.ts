import { type Channel } from "~/features/contacts/consent/consent";
import { type ContactField, type ContactValues } from "~/features/contacts/contact";
import { namesAndKeys } from "~/features/contacts/contact-rows.server";
import { valuesOf } from "~/features/contacts/subject/contact-load.server";
import { type KnownContact } from "~/features/contacts/subject/known-contacts.server";
import { type Owner } from "~/features/contacts/subject/place-owners.server";
import { type Scratch } from "~/platform/db/scratch.server";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

/** The contacts that the trial of a file would have made or changed, as they would stand: see rehearse-contacts. */

const tables = `
  create table contacts (
    id text primary key, account_id text, name_key text, company_key text, is_own integer, state text
  ) without rowid;
  create index contacts_by_name on contacts (name_key, account_id, company_key);
  create table contact_points (
    account_id text, channel text, value_key text, contact_id text, primary key (channel, value_key, contact_id)
  ) without rowid;
  create table contact_records (
    account_id text, hash text, contact_id text, withdrawn_at text, primary key (hash, contact_id)
  ) without rowid;
  create table contact_owners (contact_id text primary key, owner_id text, owner_name text) without rowid;
`;

export type ContactStore = ReturnType<typeof contactStore>;

export function contactStore(scratch: Scratch) {
  scratch.exec(tables);
  const statements = {
    contact: scratch.prepare("insert or replace into contacts values (?, ?, ?, ?, ?, ?)"),
    point: scratch.prepare("insert or ignore into contact_points values (?, ?, ?, ?)"),
    record: scratch.prepare("insert or ignore into contact_records values (?, ?, ?, null)"),
    dropPoint: scratch.prepare("delete from contact_points where channel = ? and value_key = ? and contact_id = ?"),
    state: scratch.prepare("select state from contacts where id = ?").pluck(),
    isOwn: scratch.prepare("select is_own from contacts where id = ?").pluck(),
    owner: scratch.prepare(
      "select owner_id as ownerId, owner_name as ownerName from contact_owners where contact_id = ?",
    ),
    giveTo: scratch.prepare("insert or replace into contact_owners values (?, ?, ?)"),
  };
  let count = 0;
  const isOwn = (id: string) => statements.isOwn.get(id) as number | undefined;

  function put(accountId: string, contact: KnownContact, own: boolean): void {
    const { id, values, members } = contact;
    const { name_key: nameKey, company_key: companyKey } = namesAndKeys(values);
    statements.contact.run(id, accountId, nameKey, companyKey, Number(own), stateOf(contact));
    for (const [channel, key] of pointsOf(values)) statements.point.run(accountId, channel, key, id);
    for (const { hash } of members) statements.record.run(accountId, hash, id);
  }

  const read = (id: string, observedAt: string) => contactFrom(statements.state.get(id) as string, observedAt);

  function dropPoints(id: string, observedAt: string): void {
    for (const [channel, key] of pointsOf(read(id, observedAt).values)) statements.dropPoint.run(channel, key, id);
  }

  return {
    isEmpty: () => count === 0,
    has: (id: string) => count > 0 && isOwn(id) !== undefined,
    /** Whether the run itself brings it in. */
    isOwn: (id: string) => count > 0 && isOwn(id) === 1,
    scopeOver: (scope: Scope) => scratch.scopeOver(scope),
    read: (ids: readonly string[], observedAt: string) => ids.map((id) => read(id, observedAt)),
    remember(accountId: string, { contacts, thereIds, observedAt }: Remembering): void {
      if (contacts.length === 0) return;
      scratch.together(() => {
        for (const contact of contacts) {
          const known = count > 0 ? isOwn(contact.id) : undefined;
          if (known !== undefined) dropPoints(contact.id, observedAt);
          put(accountId, contact, known === undefined ? !thereIds.has(contact.id) : known === 1);
        }
      });
      count += contacts.length;
    },
    /** Who looks after those of the contacts that the file has given to somebody, or brought in. */
    owners(ids: readonly string[], ofNew: Owner): Map<string, Owner> {
      const found = new Map<string, Owner>();
      for (const id of ids) {
        const owner = (statements.owner.get(id) as Owner | undefined) ?? (isOwn(id) === 1 ? ofNew : null);
        if (owner) found.set(id, owner);
      }
      return found;
    },
    giveTo(owners: ReadonlyMap<string, Owner>): void {
      if (owners.size === 0) return;
      scratch.together(() => {
        for (const [id, { ownerId, ownerName }] of owners) statements.giveTo.run(id, ownerId, ownerName);
      });
    },
  };
}

interface Remembering {
  contacts: readonly KnownContact[];
  /** Those that the database has. */
  thereIds: ReadonlySet<string>;
  /** When the run began. */
  observedAt: string;
}

/** By which it is looked up. */
function pointsOf({ emails, phones }: ContactValues): [channel: string, key: string][] {
  return [
    ...emails.map(({ value }): [string, string] => ["email", fold(value)]),
    ...phones.map(({ value }): [string, string] => ["phone", value]),
  ];
}

/** What it says, and said before the run, is computed from its records, as always. */
function stateOf({ values: _, before: __, ...contact }: KnownContact): string {
  const sets = { pins: [...contact.pins], forbidden: [...contact.forbidden] };
  return JSON.stringify({ ...contact, ...sets, unstored: [], isNew: false });
}

function contactFrom(state: string, observedAt: string): KnownContact {
  const stored = JSON.parse(state) as KnownContact & { pins: ContactField[]; forbidden: Channel[] };
  const pins = new Set(stored.pins);
  return {
    ...stored,
    ...{ pins, forbidden: new Set(stored.forbidden) },
    ...valuesOf(stored.members, pins, observedAt),
  };
}
