/** Factories that tell a story: `const { scope, other } = await given.twoAccounts(engine)`. */
import { createSecretKey, createHash } from "node:crypto";
import { accountScope } from "~/features/accounts/account-scope.server";
import { createAccount, createUser, type NewAccount } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { type PersonRole } from "~/features/accounts/rights";
import { type ContactValues, type CustomField, nothingKnown } from "~/features/contacts/contact";
import { fieldOf } from "~/features/contacts/custom/custom-field";
import { type FieldFacts } from "~/features/contacts/custom/custom-field-form";
import { addField } from "~/features/contacts/custom/custom-fields.server";
import { createContact } from "~/features/contacts/edit-contact.server";
import { type Clock, systemClock } from "~/platform/clock.server";
import { type DialectName } from "~/platform/db/database.server";
import { type Keys } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { createLog, type Log } from "~/platform/log.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type JobContext } from "~/platform/queue/tasks";
import { type AccountFacts, type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { sharedDatabase } from "~/testing/database-of-file";
import { openTestDatabase, type TestDatabase } from "~/testing/databases";

const bytes = (text: string) => createHash("sha256").update(text).digest();

/** The same in every test: what one test file seals, an e2e step can open. */
export const testKeys: Keys = {
  master: createSecretKey(bytes("master of the tests")),
  encryption: [{ kid: "test1", key: createSecretKey(bytes("encryption of the tests")) }],
};

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export function testClock(start = "2026-05-04T09:00:00.000Z"): TestClock {
  let at = start;
  return {
    now: () => at,
    set: (instant) => void (at = instant),
    advance: (milliseconds) => void (at = new Date(Date.parse(at) + milliseconds).toISOString()),
  };
}

export interface GivenOptions {
  clock?: Clock;
  log?: Log;
  /** A database of one's own instead of the file's. */
  database?: TestDatabase;
  address?: string | null;
}

async function installation(engine: DialectName, options: GivenOptions = {}): Promise<InstallationScope> {
  const database = options.database ?? (await sharedDatabase(engine));
  return {
    kind: "installation",
    database,
    db: database.forInstallation(),
    clock: options.clock ?? systemClock,
    log: options.log ?? createLog({ level: "silent" }),
    keys: testKeys,
    requestId: newId(),
    address: options.address ?? "192.0.2.10",
  };
}

let count = 0;

function accountFacts(facts: Partial<NewAccount>): NewAccount {
  count += 1;
  return {
    name: "Brandt Holzbau GmbH",
    slug: `brandt-${newId().slice(-12)}-${count}`,
    colour: 1 + (count % 8),
    timeZone: "Europe/London",
    locale: "en-GB",
    currency: "GBP",
    phoneCountry: "GB",
    ...facts,
  };
}

async function account(scope: InstallationScope, facts: Partial<NewAccount> = {}): Promise<AccountFacts> {
  const made = await createAccount(scope, accountFacts(facts));
  if (!made.ok) throw new Error(`given.account: ${made.reason}`);
  return made.account;
}

/** A person without a password and without a place anywhere. */
async function user(
  scope: InstallationScope,
  facts: { name?: string; email?: string; operator?: boolean } = {},
): Promise<UserFacts> {
  const name = facts.name ?? "Folasade Adebayo";
  const local = name.toLowerCase().replace(/[^a-z]+/g, ".");
  const email = facts.email ?? `${local}.${newId().slice(-12)}@brandt.example`;
  const made = await createUser(scope, { name, email }, { operator: facts.operator });
  if (!made.ok) throw new Error(`given.user: ${made.reason}`);
  return made.user;
}

/** A new person with this role in an account, and the account as they see it. */
async function member(scope: InstallationScope, account: AccountFacts, role: PersonRole = "admin"): Promise<Scope> {
  const person = await user(scope);
  await setMembership(accountScope(scope, account, { user: null, role: "system" }), { userId: person.id, role });
  return accountScope(scope, account, { user: person, role });
}

/** A new account as its new admin (or another role) sees it. */
async function scope(engine: DialectName, role: PersonRole = "admin", options: GivenOptions = {}): Promise<Scope> {
  const from = await installation(engine, options);
  return member(from, await account(from), role);
}

/** An account in a database of its own, for what would disturb other tests: close it in the end. */
async function ownDatabase(engine: DialectName): Promise<{ scope: Scope; close(): Promise<void> }> {
  const database = await openTestDatabase(engine);
  return { scope: await scope(engine, "admin", { database }), close: () => database.close() };
}

/** Two accounts of one installation that know nothing of each other, each as its admin sees it. */
async function twoAccounts(engine: DialectName, options: GivenOptions = {}): Promise<{ scope: Scope; other: Scope }> {
  const from = await installation(engine, options);
  const other = await account(from, { name: "Okafor & Lindqvist Solicitors" });
  return { scope: await member(from, await account(from)), other: await member(from, other) };
}

/** What a job is given, at its first attempt of the usual 25. */
function job(from: InstallationScope, changes: Partial<JobContext> = {}): JobContext {
  const env = { appOrigin: "https://ledger.brandt.example", mail: null, providers: noProviders };
  const { signal } = new AbortController();
  return { ...from, jobId: "1", attempt: 1, maxAttempts: 25, signal, env, ...changes };
}

/** The same account as somebody else sees it. */
function asRole(of: Scope, role: Scope["role"]): Scope {
  return { ...of, role, user: role === "system" ? null : of.user };
}

/** A contact made by hand: `given.contact(scope, { familyName: "Adebayo" })`. */
async function contact(of: Scope, values: Partial<ContactValues> = {}): Promise<{ id: string; values: ContactValues }> {
  const whole = { ...nothingKnown, ...values };
  if (!values.givenName && !values.familyName && !values.typedName && !values.company) {
    Object.assign(whole, { givenName: "Folasade", familyName: "Adebayo" });
  }
  const made = await createContact(of, whole);
  if (!made.ok) throw new Error(`given.contact: ${made.reason}`);
  return { id: made.id, values: whole };
}

/** A field of the account's own: `given.field(scope, { name: "Tier", type: "choice", choices: ["Gold"] })`. */
async function field(of: Scope, facts: Partial<FieldFacts> = {}): Promise<{ id: string; key: CustomField }> {
  const made = await addField(of, {
    ...{ name: "Membership number", type: "text", choices: [], hint: null, required: false },
    ...facts,
  });
  if (!made.ok) throw new Error(`given.field: ${made.reason}`);
  return { id: made.id, key: fieldOf(made) };
}

export const given = {
  ...{ installation, account, user, member, scope, twoAccounts, ownDatabase, asRole, contact, field, job },
};
