/** Accounts, the people who sign in, and their memberships. */
import "~/features/accounts/tables";
import { emailKey, type SlugProblem, slugProblem } from "~/features/accounts/account";
import { accountScope, type Actor, theSystem } from "~/features/accounts/account-scope.server";
import { recordEvent } from "~/features/audit/audit.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { isCurrency } from "~/platform/money";
import { type AccountFacts, type InstallationScope, type UserFacts } from "~/platform/scope.server";
import { isTimeZone } from "~/platform/time";

export type NewAccount = Pick<
  AccountFacts,
  "slug" | "name" | "colour" | "timeZone" | "locale" | "currency" | "phoneCountry"
>;

/** What a new account begins with: strict about second factors, open among its members. */
const beginning = {
  logoFileId: null,
  postalAddress: "",
  requiresSecondFactor: true,
  ownContactsOnly: false,
  retentionDays: 365,
  importAskPercent: 33,
  hasCustomFields: false,
};

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
  const account: AccountFacts = { ...facts, ...beginning, id: newId() };
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
        logo_file_id: null,
        second_factor_required_at: scope.clock.now(),
        own_contacts_only_at: null,
        retention_days: account.retentionDays,
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
      locale: null,
      colour_scheme: null,
      notices_mailed_at: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("email_key").doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return { ok: false, reason: "email-taken" };
  return { ok: true, user };
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

/** The ids of all accounts, in their order, some at a time: for work that goes through every account. */
export async function* accountIds(scope: InstallationScope): AsyncGenerator<string> {
  for (let after = ""; ;) {
    const rows = await scope.db
      .selectFrom("accounts")
      .select("account_id")
      .$if(after !== "", (query) => query.where("account_id", ">", after))
      .orderBy("account_id")
      .limit(500)
      .execute();
    for (const row of rows) yield row.account_id;
    const last = rows.at(-1);
    if (!last) return;
    after = last.account_id;
  }
}
