/** Who has a place in an account, and in which role; and where a person has one. */
import "~/features/accounts/tables";
import { accountColumns, type Actor, toAccountFacts } from "~/features/accounts/account-scope.server";
import { type PersonRole } from "~/features/accounts/rights";
import { recordEvent } from "~/features/audit/audit.server";
import { byKey } from "~/platform/db/by-key.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type AccountFacts, type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";

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
        disabled_at: null,
        disabled_by: null,
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

/**
 * The person with their role here, as whoever acts; null when they have left or are switched off. In a transaction they
 * stay so until it ends.
 */
export async function findActor(scope: Scope, userId: string): Promise<Actor | null> {
  const row = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name", "users.email", "users.locale", "memberships.role"])
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.user_id", "=", userId)
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .$if(scope.db.isTransaction, lockRows(scope, { of: "memberships", how: "share" }))
    .executeTakeFirst();
  if (!row) return null;
  const { role, ...user } = row;
  return { user, role };
}

export interface Member extends UserFacts {
  role: PersonRole;
  since: string;
  /** They can sign in nowhere any more. */
  disabledAt: string | null;
  /** Their place in this account is switched off. */
  switchedOffAt: string | null;
  lastSignedInAt: string | null;
}

function memberQuery(scope: Scope) {
  return scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name", "users.email", "memberships.role", "memberships.created_at as since"])
    .select(["users.disabled_at as disabledAt", "users.last_signed_in_at as lastSignedInAt"])
    .select("memberships.disabled_at as switchedOffAt")
    .where("memberships.account_id", "=", scope.account.id);
}

/** The people of this account, by name. */
export function listMembers(scope: Scope): Promise<Member[]> {
  return memberQuery(scope).orderBy("users.name").orderBy("users.id").limit(1_000).execute();
}

export async function findMember(scope: Scope, userId: string): Promise<Member | null> {
  return (await memberQuery(scope).where("memberships.user_id", "=", userId).executeTakeFirst()) ?? null;
}

export interface Place {
  account: AccountFacts;
  role: PersonRole;
}

/** The names of the accounts in which the person's place is switched off, in order. */
export async function listSwitchedOffPlaces(scope: InstallationScope, userId: string): Promise<string[]> {
  const rows = await byKey(scope.db)
    .selectFrom("memberships")
    .innerJoin("accounts", "accounts.account_id", "memberships.account_id")
    .select("accounts.name")
    .where("memberships.user_id", "=", userId)
    .where("memberships.disabled_at", "is not", null)
    .orderBy("accounts.name")
    .orderBy("accounts.account_id")
    .limit(200)
    .execute();
  return rows.map(({ name }) => name);
}

/** Every account in which the person has a place, by name. */
export async function listPlacesOf(scope: InstallationScope, userId: string): Promise<Place[]> {
  const rows = await byKey(scope.db)
    .selectFrom("memberships")
    .innerJoin("accounts", "accounts.account_id", "memberships.account_id")
    .select(accountColumns)
    .select("memberships.role")
    .where("memberships.user_id", "=", userId)
    .where("memberships.disabled_at", "is", null)
    .orderBy("accounts.name")
    .orderBy("accounts.account_id")
    .limit(200)
    .execute();
  return rows.map((row) => ({ account: toAccountFacts(row), role: row.role }));
}
