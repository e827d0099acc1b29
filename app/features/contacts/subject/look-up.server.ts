import { type ContactRow, nameKeys, namesOf, saidBy } from "~/features/contacts/subject/known-contacts.server";
import "~/features/contacts/tables";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { valueChunks } from "~/platform/db/chunks.server";
import { fold, sortKey } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

/** Whom rows may be about, looked up for a batch at once; which it is `knownContacts` decides. */

/** In all ways by the very row, else by what the rules match by. */
const lookUps: Record<string, readonly ((scope: Scope, rows: readonly ContactRow[]) => Found)[]> = {
  automatic: [byHash, byId, byEmail, byName],
  id: [byHash, byId],
  email: [byHash, byEmail],
  phone: [byHash, byPhone],
  name: [byHash, byNameAndCompany],
};

export async function lookUp(scope: Scope, rows: readonly ContactRow[], { match }: WritingRules): Promise<string[]> {
  const ids = new Set<string>();
  for (const find of lookUps[match] ?? []) for (const { id } of await find(scope, rows)) ids.add(id);
  return [...ids].sort();
}

type Found = Promise<{ id: string }[]>;

async function byHash(scope: Scope, rows: readonly ContactRow[]): Found {
  return scope.db
    .selectFrom("contact_records")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("hash", "in", unique(rows.map((row) => row.hash)))
    .where("withdrawn_at", "is", null)
    .execute();
}

/** Whether they are there, and this account's, is seen when they are read. */
function byId(_scope: Scope, rows: readonly ContactRow[]): Found {
  return Promise.resolve(rows.flatMap(({ canonical: { contactId } }) => (contactId ? [{ id: contactId }] : [])));
}

async function byEmail(scope: Scope, rows: readonly ContactRow[]): Found {
  const keys = unique(rows.flatMap((row) => saidBy(row).emails.map((email) => fold(email.value))));
  if (keys.length === 0) return [];
  return scope.db
    .selectFrom("contact_points")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "email")
    .where("value_key", "in", keys)
    .execute();
}

/** Contacts of the same name that also share a company or a phone with some row. */
async function byName(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter((row) => hasCompany(row) || saidBy(row).phones.length > 0);
  const names = namesIn(near);
  if (names.length === 0) return [];
  const said = near.map(saidBy);
  return [...(await withCompany(scope, names, said)), ...(await withPhone(scope, names, said))];
}

async function byNameAndCompany(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter(hasCompany);
  const names = namesIn(near);
  return names.length === 0 ? [] : withCompany(scope, names, near.map(saidBy));
}

function hasCompany(row: ContactRow): boolean {
  return saidBy(row).company !== null;
}

/** Worked out once for a row, which a trial looks up in two places. */
const knownNameKeys = new WeakMap<ContactRow, readonly string[]>();

function namesIn(rows: readonly ContactRow[]): string[] {
  return unique(
    rows.flatMap((row) => {
      const keys = knownNameKeys.get(row) ?? [...namesOf(saidBy(row))].flatMap(nameKeys);
      knownNameKeys.set(row, keys);
      return keys;
    }),
  );
}

async function byPhone(scope: Scope, rows: readonly ContactRow[]): Found {
  const phones = unique(rows.flatMap((row) => saidBy(row).phones.map((phone) => phone.value)));
  return phones.length === 0 ? [] : pointsOf(scope, phones);
}

type Said = ReturnType<typeof saidBy>;

async function withCompany(scope: Scope, names: readonly string[], said: readonly Said[]): Found {
  const companies = unique(said.flatMap(({ company }) => (company === null ? [] : [sortKey(company)])));
  if (companies.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("name_key", "in", names)
    .where("company_key", "in", companies)
    .execute();
}

/**
 * From the phones to the names, since few share a phone while thousands may be called "Customer". The names are
 * compared here: SQLite would answer two long lists over one index by trying every pair.
 */
async function withPhone(scope: Scope, names: readonly string[], said: readonly Said[]): Found {
  const phones = unique(said.flatMap((values) => values.phones.map((phone) => phone.value)));
  if (phones.length === 0) return [];
  const points = await pointsOf(scope, phones);
  const wanted = new Set(names);
  const found: { id: string }[] = [];
  for (const ids of valueChunks(unique(points.map(({ id }) => id)))) {
    const contacts = await scope.db
      .selectFrom("contacts")
      .select(["id", "name_key"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
    found.push(...contacts.filter((contact) => wanted.has(contact.name_key)));
  }
  return found;
}

function pointsOf(scope: Scope, phones: readonly string[]): Found {
  return scope.db
    .selectFrom("contact_points")
    .select("contact_id as id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "phone")
    .where("value_key", "in", phones)
    .execute();
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
