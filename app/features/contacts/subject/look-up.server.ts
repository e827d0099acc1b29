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

/** Contacts of the same name as some row that also share its company or a phone. */
async function byName(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter((row) => hasCompany(row) || saidBy(row).phones.length > 0);
  const called = await contactsCalled(scope, near);
  if (called.length === 0) return [];
  const wanted = pairsIn(near, (row) => [...companyOf(row), ...saidBy(row).phones.map((phone) => phone.value)]);
  const phones = new Map<string, string[]>();
  for (const { id, phone } of await pointsOf(scope, near)) phones.set(id, [...(phones.get(id) ?? []), phone]);
  return called.filter(({ id, name_key: name, company_key: company }) =>
    [company, ...(phones.get(id) ?? [])].some((other) => wanted.has(pair(name, other))),
  );
}

async function byNameAndCompany(scope: Scope, rows: readonly ContactRow[]): Found {
  const near = rows.filter(hasCompany);
  const wanted = pairsIn(near, companyOf);
  const called = await contactsCalled(scope, near);
  return called.filter(({ name_key: name, company_key: company }) => wanted.has(pair(name, company)));
}

const pair = (name: string, other: string) => `${name}\n${other}`;

/** Each row's names with what else it says. */
function pairsIn(rows: readonly ContactRow[], others: (row: ContactRow) => readonly string[]): Set<string> {
  return new Set(
    rows.flatMap((row) => others(row).flatMap((other) => nameKeysOf(row).map((name) => pair(name, other)))),
  );
}

/** The sort key, as contacts have it. */
function companyOf(row: ContactRow): string[] {
  const { company } = saidBy(row);
  return company === null ? [] : [sortKey(company)];
}

/**
 * Contacts with the name of some row. The rest is compared here: SQLite would answer two long lists over one index by
 * trying every pair, and a long list of ids by going through all the names of the account.
 */
async function contactsCalled(scope: Scope, rows: readonly ContactRow[]) {
  const names = unique(rows.flatMap(nameKeysOf));
  if (names.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "name_key", "company_key"])
    .where("account_id", "=", scope.account.id)
    .where("name_key", "in", names)
    .execute();
}

function hasCompany(row: ContactRow): boolean {
  return saidBy(row).company !== null;
}

/** Worked out once for a row, which a trial looks up in two places. */
const knownNameKeys = new WeakMap<ContactRow, readonly string[]>();

function nameKeysOf(row: ContactRow): readonly string[] {
  const keys = knownNameKeys.get(row) ?? [...namesOf(saidBy(row))].flatMap(nameKeys);
  knownNameKeys.set(row, keys);
  return keys;
}

function byPhone(scope: Scope, rows: readonly ContactRow[]): Found {
  return pointsOf(scope, rows);
}

/** Contacts with the phone of some row. */
async function pointsOf(scope: Scope, rows: readonly ContactRow[]) {
  const phones = unique(rows.flatMap((row) => saidBy(row).phones.map((phone) => phone.value)));
  if (phones.length === 0) return [];
  return scope.db
    .selectFrom("contact_points")
    .select(["contact_id as id", "value_key as phone"])
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "phone")
    .where("value_key", "in", phones)
    .execute();
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
