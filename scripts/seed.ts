/** Fills an empty installation with a firm to try, through the commands that its own pages use. */
import { Readable } from "node:stream";
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { createAccount, createUser, type NewAccount } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { type PersonRole } from "~/features/accounts/rights";
import { seedCampaigns } from "./seed-campaigns";
import { seedReconciliation } from "./seed-reconciliation";
import { subjects } from "~/composition.server";
import { type ContactValues } from "~/features/contacts/contact";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { MOST_AT_ONCE, readView } from "~/features/contacts/list/contact-list";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { createContact } from "~/features/contacts/edit-contact.server";
import { listContacts, listIds } from "~/features/contacts/list/list-contacts.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { hashPassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { findPendingSignIn, startPendingSignIn } from "~/features/sign-in/pending.server";
import { findNewCodes, makeRecoveryCodes } from "~/features/sign-in/recovery-codes.server";
import { acceptOffer, openOffer } from "~/features/sign-in/second-factor.server";
import { revokeSession, startSession } from "~/features/sign-in/sessions.server";
import { generateSync } from "otplib";
import { newToken } from "~/platform/encryption.server";
import { type AccountFacts, type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { HOUR_MS, later } from "~/platform/time";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { sampleCsvWithBadRows } from "~/testing/sample/sample-csv";

export interface SignIn {
  email: string;
  password: string;
  totpSecret: string;
  recoveryCodes: string[];
}

export interface Seeded {
  account: string;
  otherAccount: string;
  users: Record<"operator" | "admin" | "user" | "viewer", SignIn>;
}

const firm: NewAccount = {
  slug: "hale-partners",
  name: "Hale & Partners",
  colour: 4,
  timeZone: "Europe/London",
  locale: "en-GB",
  currency: "GBP",
  phoneCountry: "GB",
};

const otherFirm: NewAccount = { ...firm, slug: "kiln-row-studio", name: "Kiln Row Studio", colour: 2 };

const people = {
  operator: { name: "Nell Whitcombe", email: "nell@hale-partners.example" },
  admin: { name: "Ann Okafor", email: "ann@hale-partners.example" },
  user: { name: "Tom Pemberton", email: "tom@hale-partners.example" },
  viewer: { name: "Grace Llewellyn", email: "grace@hale-partners.example" },
};

/** Two firms, four people, and `contacts` contacts in the first firm with what links them. */
export async function seed(scope: InstallationScope, contacts: number): Promise<Seeded> {
  const account = await newAccount(scope, firm);
  const other = await newAccount(scope, otherFirm);
  const signIns = {} as Seeded["users"];
  const members = {} as Record<keyof typeof people, UserFacts>;
  for (const role of Object.keys(people) as (keyof typeof people)[]) {
    const made = await newPerson(scope, people[role], { operator: role === "operator" });
    members[role] = made.user;
    signIns[role] = made.signIn;
    await join(scope, account, made.user, role === "operator" ? "admin" : role);
  }
  await join(scope, other, members.admin, "admin");
  await mailNotices(scope, members.user);
  await addContacts(scope, { account, user: members.admin, count: contacts, seedNumber: 1 });
  const administrator = accountScope(scope, account, { user: members.admin, role: "admin" });
  await shareOut(administrator, members.user);
  await seedCampaigns(administrator);
  await seedReconciliation(administrator);
  await addContacts(scope, { account: other, user: members.admin, count: Math.ceil(contacts / 50), seedNumber: 2 });
  return { account: account.slug, otherAccount: other.slug, users: signIns };
}

/** One of them wants notices by mail, too, so that there are mails to see. */
async function mailNotices(scope: InstallationScope, user: UserFacts): Promise<void> {
  const since = { notices_mailed_at: scope.clock.now() };
  await scope.db.updateTable("users").set(since).where("id", "=", user.id).execute();
}

async function newAccount(scope: InstallationScope, facts: NewAccount): Promise<AccountFacts> {
  const made = await createAccount(scope, facts);
  if (!made.ok) throw new Error(`The account ${facts.slug} cannot be made: ${made.reason}`);
  return made.account;
}

async function newPerson(
  scope: InstallationScope,
  facts: { name: string; email: string },
  options: { operator: boolean },
): Promise<{ user: UserFacts; signIn: SignIn }> {
  const made = await createUser(scope, facts, options);
  if (!made.ok) throw new Error(`${facts.email} is taken`);
  const password = newToken().slice(0, 20);
  await storePasswordHash(scope, made.user.id, await hashPassword(scope.keys, password));
  return { user: made.user, signIn: { email: facts.email, password, ...(await enrol(scope, made.user)) } };
}

/** Sets up the second factor and its recovery codes as the pages do, an hour ago, so that no code of today counts as used. */
async function enrol(scope: InstallationScope, user: UserFacts): Promise<Pick<SignIn, "totpSecret" | "recoveryCodes">> {
  const then = later(scope.clock.now(), -HOUR_MS);
  const past = { ...scope, clock: { now: () => then } };
  const token = await startPendingSignIn(past, { userId: user.id, returnTo: null, needsSecondFactor: true });
  const pending = await findPendingSignIn(past, token);
  if (!pending?.offeredSecret) throw new Error("No second factor was offered");
  const holder = { table: "pending_sign_ins" as const, id: pending.id, userId: user.id };
  const secret = openOffer(scope.keys, holder, pending.offeredSecret);
  const code = generateSync({ secret, epoch: Math.floor(Date.parse(then) / 1_000) });
  if (!(await acceptOffer(past, holder, pending.offeredSecret, code))) throw new Error("The code was not accepted");
  const session = await startSession(past, user.id, null);
  await makeRecoveryCodes(past, user.id, session.id);
  const recoveryCodes = (await findNewCodes(past, user.id, session.id)) ?? [];
  await revokeSession(past, user.id, session.id);
  return { totpSecret: secret, recoveryCodes };
}

async function join(scope: InstallationScope, account: AccountFacts, user: UserFacts, role: PersonRole): Promise<void> {
  await setMembership(accountScope(scope, account, { user: null, role: "system" }), { userId: user.id, role });
}

/** Nine of ten come from a file, as in a firm that has just moved here; the last ones are typed in. */
async function addContacts(
  installation: InstallationScope,
  { account, user, count, seedNumber }: { account: AccountFacts; user: UserFacts; count: number; seedNumber: number },
): Promise<void> {
  const scope = accountScope(installation, account, { user, role: "admin" });
  const sample = sampleContacts(count * 2, seedNumber);
  const fromFile = Math.floor(count * 0.9);
  const ids = await importContacts(installation, scope, sample.contacts.slice(0, fromFile));
  // Rows about one person become one contact, so more are typed in until the number is full.
  for (let made = new Set(ids.values()).size; made < count; made++) {
    const place = fromFile + made;
    ids.set(place, await typeIn(scope, sample.contacts[place] as ContactValues));
  }
  for (const { from, to, type } of sample.relationships) {
    const [fromId, toId] = [ids.get(from), ids.get(to)];
    if (fromId && toId && fromId !== toId) await relate(scope, { fromId, toId, type });
  }
}

/** A third is looked after by a colleague, some by nobody yet, and a few want no post of one kind or another. */
async function shareOut(scope: Scope, colleague: UserFacts): Promise<void> {
  const plain = readView(new URLSearchParams("kind=individual"));
  const { contacts } = await listContacts(scope, plain);
  const ids = (await listIds(scope, plain, MOST_AT_ONCE)).sort();
  const every = (step: number, from: number) => ids.filter((_, place) => place % step === from);
  await assignOwner(scope, every(3, 1).slice(0, MOST_AT_ONCE), colleague.id);
  await assignOwner(scope, every(9, 2).slice(0, MOST_AT_ONCE), null);
  const reasons = [
    "Asked to be taken off the list.",
    "Rings us when she needs something.",
    "No longer at this address.",
  ];
  for (const [place, { id }] of contacts.filter((_, place) => place % 6 === 1).entries()) {
    const channel = (["email", "phone", "letter"] as const)[place % 3] ?? "email";
    await markDoNotContact(scope, id, { channels: [channel], reason: reasons[place % 3] ?? null });
  }
}

async function typeIn(scope: Scope, values: ContactValues): Promise<string> {
  const made = await createContact(scope, values);
  if (!made.ok) throw new Error(`A sample contact was refused: ${made.reason}`);
  return made.id;
}

/** Uploads and imports a file; returns which contact each sample contact became, by its place. */
async function importContacts(
  installation: InstallationScope,
  scope: Scope,
  contacts: readonly ContactValues[],
): Promise<Map<number, string>> {
  const bytes = Readable.from([Buffer.from(sampleCsvWithBadRows(contacts))]);
  const draft = await uploadFile(scope, contactSubject, { name: "clients-2026.csv", mediaType: "text/csv", bytes });
  if (!draft.ok) throw new Error(draft.reason);
  await startRun(scope, draft.runId);
  const system = await systemScope(installation, scope.account.id);
  await continueRun(system, subjects, draft.runId, { signal: new AbortController().signal });
  const rows = await scope.db
    .selectFrom("raw_records")
    .select(["position", "subject_id"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", draft.runId)
    .execute();
  const afterHeader = 2;
  return new Map(rows.flatMap((row) => (row.subject_id ? [[row.position - afterHeader, row.subject_id]] : [])));
}
