/** Accounts, the people who sign in, and their memberships. */
import "~/features/accounts/tables";
import { emailKey, type SlugProblem, slugProblem } from "~/features/accounts/account";
import {
  accountColumns,
  accountScope,
  type Actor,
  theSystem,
  toAccountFacts,
} from "~/features/accounts/account-scope.server";
import { type PersonRole } from "~/features/accounts/rights";
import { recordEvent } from "~/features/audit/audit.server";
import { byKey } from "~/platform/db/by-key.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { isCurrency } from "~/platform/money";
import { type AccountFacts, type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { isTimeZone } from "~/platform/time";

export type NewAccount = Omit<AccountFacts, "id">;

export type AccountRefusal = SlugProblem | "slug-taken" | "name-missing" | "time-zone-unknown" | "currency-unknown";

/** What is wrong with an account's facts whatever others exist, or null. */
export function accountProblem(facts: NewAccount): AccountRefusal | null {
  if (facts.name.trim() === "") return "name-missing";
  if (!isTimeZone(facts.timeZone)) return "time-zone-unknown";
  if (!isCurrency(facts.currency)) return "currency-unknown";
  return slugProblem(facts.slug);
}

/** Makes an account, with its first audit event. `by` is the person who does it. */
export async function createAccount(
  scope: InstallationScope,
  facts: NewAccount,
  by: Actor = theSystem,
): Promise<{ ok: true; account: AccountFacts } | { ok: false; reason: AccountRefusal }> {
  const problem = accountProblem(facts);
  if (problem) return { ok: false, reason: problem };
  const account: AccountFacts = { ...facts, id: newId() };
  return inTransaction(scope, async (scope) => {
    const made = await scope.db
      .insertInto("accounts")
      .values({
        account_id: account.id,
        slug: account.slug,
        name: account.name,
        colour: account.colour,
        time_zone: account.timeZone,
        locale: account.locale,
        currency: account.currency,
        phone_country: account.phoneCountry,
        created_at: scope.clock.now(),
      })
      .onConflict((conflict) => conflict.column("slug").doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) return { ok: false, reason: "slug-taken" } as const;
    await enterAccount(scope, accountScope(scope, account, by), (inside) =>
      recordEvent(inside, { action: "account.created" }),
    );
    return { ok: true, account } as const;
  });
}

export interface NewUser {
  name: string;
  email: string;
}

/** Makes a person who belongs nowhere yet and has no password. */
export async function createUser(
  scope: InstallationScope,
  { name, email }: NewUser,
  options: { operator?: boolean } = {},
): Promise<{ ok: true; user: UserFacts } | { ok: false; reason: "email-taken" }> {
  const user: UserFacts = { id: newId(), name: name.trim(), email: email.trim() };
  const now = scope.clock.now();
  const made = await scope.db
    .insertInto("users")
    .values({
      id: user.id,
      email: user.email,
      email_key: emailKey(email),
      name: user.name,
      operator_since: options.operator ? now : null,
      disabled_at: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("email_key").doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return { ok: false, reason: "email-taken" };
  return { ok: true, user };
}

/** Gives a person a place in this account, or another role in it. Takes effect with their next request. */
export function setMembership(scope: Scope, member: { userId: string; role: PersonRole }): Promise<{ ok: true }> {
  return inTransaction(scope, async (scope) => {
    const before = await findRole(scope, member.userId);
    if (before === member.role) return { ok: true };
    await scope.db
      .insertInto("memberships")
      .values({
        account_id: scope.account.id,
        user_id: member.userId,
        role: member.role,
        created_at: scope.clock.now(),
        created_by: scope.user?.id ?? null,
      })
      .onConflict((conflict) => conflict.columns(["account_id", "user_id"]).doUpdateSet({ role: member.role }))
      .execute();
    const action = before ? "member.role-changed" : "member.added";
    await recordEvent(scope, { action, subject: { userId: member.userId, role: member.role } });
    return { ok: true };
  });
}

async function findRole(scope: Scope, userId: string): Promise<PersonRole | null> {
  const row = await scope.db
    .selectFrom("memberships")
    .select("role")
    .where("account_id", "=", scope.account.id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.role ?? null;
}

/** The person with their role here, as whoever acts; null when they have left or are switched off. */
export async function findActor(scope: Scope, userId: string): Promise<Actor | null> {
  const row = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name", "users.email", "memberships.role"])
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.user_id", "=", userId)
    .where("users.disabled_at", "is", null)
    .executeTakeFirst();
  return row ? { user: { id: row.id, name: row.name, email: row.email }, role: row.role } : null;
}

export interface Member extends UserFacts {
  role: PersonRole;
  since: string;
  disabledAt: string | null;
}

/** The people of this account, by name. */
export async function listMembers(scope: Scope): Promise<Member[]> {
  const rows = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select([
      "users.id",
      "users.name",
      "users.email",
      "users.disabled_at",
      "memberships.role",
      "memberships.created_at",
    ])
    .where("memberships.account_id", "=", scope.account.id)
    .orderBy("users.name")
    .orderBy("users.id")
    .limit(1_000)
    .execute();
  return rows.map(({ disabled_at, created_at, ...member }) => ({
    ...member,
    since: created_at,
    disabledAt: disabled_at,
  }));
}

export interface Place {
  account: AccountFacts;
  role: PersonRole;
}

/** Every account in which the person has a place, by name. */
export async function listPlacesOf(scope: InstallationScope, userId: string): Promise<Place[]> {
  const rows = await byKey(scope.db)
    .selectFrom("memberships")
    .innerJoin("accounts", "accounts.account_id", "memberships.account_id")
    .select(accountColumns)
    .select("memberships.role")
    .where("memberships.user_id", "=", userId)
    .orderBy("accounts.name")
    .orderBy("accounts.account_id")
    .limit(200)
    .execute();
  return rows.map((row) => ({ account: toAccountFacts(row), role: row.role }));
}

/** Every account with the number of its members: for the operator, who sees no contact's data. */
export function listAccounts(scope: InstallationScope) {
  return scope.db
    .selectFrom("accounts")
    .leftJoin("memberships", "memberships.account_id", "accounts.account_id")
    .select([
      "accounts.account_id as id",
      "accounts.slug",
      "accounts.name",
      "accounts.colour",
      "accounts.created_at as createdAt",
    ])
    .select((query) => query.fn.count<number>("memberships.user_id").as("members"))
    .groupBy(["accounts.account_id", "accounts.slug", "accounts.name", "accounts.colour", "accounts.created_at"])
    .orderBy("accounts.name")
    .orderBy("accounts.account_id")
    .limit(1_000)
    .execute();
}
