import { type ContactRow, nameKeys, namesOf, saidBy } from "~/features/contacts/subject/known-contacts.server";
import "~/features/contacts/tables";
import { type WritingRules } from "~/features/pipeline/subject-rules";
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
  const called = await contactsCalled(scope, near);
  if (called.length === 0) return [];
  const companies = companiesOf(near);
  const sharing = new Set((await byPhone(scope, near)).map(({ id }) => id));
  return called.filter(({ id, company_key: company }) => companies.has(company) || sharing.has(id));
}

async function byNameAndCompany(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter(hasCompany);
  const companies = companiesOf(near);
  return (await contactsCalled(scope, near)).filter(({ company_key: company }) => companies.has(company));
}

/**
 * Contacts with the name of some row. The rest is compared here: SQLite would answer two long lists over one index by
 * trying every pair, and a long list of ids by going through all the names of the account.
 */
async function contactsCalled(scope: Scope, rows: readonly ContactRow[]) {
  const names = namesIn(rows);
  if (names.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "company_key"])
    .where("account_id", "=", scope.account.id)
    .where("name_key", "in", names)
    .execute();
}

/** Sort keys, as contacts have them. */
function companiesOf(rows: readonly ContactRow[]): Set<string> {
  return new Set(rows.flatMap(({ canonical: { data } }) => (data.company ? [sortKey(data.company)] : [])));
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
  if (phones.length === 0) return [];
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
