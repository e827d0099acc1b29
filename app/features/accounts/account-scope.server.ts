/** How one comes from the installation into an account: the facts, the guarded handle, and who acts. */
import "~/features/accounts/tables";
import {
  type AccountFacts,
  type InstallationScope,
  type Role,
  type Scope,
  type UserFacts,
} from "~/platform/scope.server";

/** The columns of `AccountFacts`, for every query that reads an account. */
export const accountColumns = [
  "accounts.account_id",
  "accounts.slug",
  "accounts.name",
  "accounts.colour",
  "accounts.time_zone",
  "accounts.locale",
  "accounts.currency",
  "accounts.phone_country",
  "accounts.logo_file_id",
  "accounts.postal_address",
  "accounts.second_factor_required_at",
  "accounts.own_contacts_only_at",
  "accounts.retention_days",
  "accounts.import_ask_percent",
  "accounts.custom_fields_at",
] as const;

export interface AccountRow {
  account_id: string;
  slug: string;
  name: string;
  colour: number;
  time_zone: string;
  locale: string;
  currency: string;
  phone_country: string;
  logo_file_id: string | null;
  postal_address: string;
  second_factor_required_at: string | null;
  own_contacts_only_at: string | null;
  retention_days: number;
  import_ask_percent: number;
  custom_fields_at: string | null;
}

export function toAccountFacts(row: AccountRow): AccountFacts {
  return {
    id: row.account_id,
    slug: row.slug,
    name: row.name,
    colour: row.colour,
    timeZone: row.time_zone,
    locale: row.locale,
    currency: row.currency,
    phoneCountry: row.phone_country,
    logoFileId: row.logo_file_id,
    postalAddress: row.postal_address,
    requiresSecondFactor: row.second_factor_required_at !== null,
    ownContactsOnly: row.own_contacts_only_at !== null,
    retentionDays: row.retention_days,
    importAskPercent: row.import_ask_percent,
    hasCustomFields: row.custom_fields_at !== null,
  };
}

/** Who acts in an account: a person with their role there, or the system. */
export type Actor = { user: UserFacts; role: Exclude<Role, "system"> } | { user: null; role: "system" };

export const theSystem: Actor = { user: null, role: "system" };

/** A scope on one account. It checks nothing: whoever makes one has looked up the membership, or is a job. */
export function accountScope(from: InstallationScope, account: AccountFacts, actor: Actor): Scope {
  return {
    database: from.database,
    clock: from.clock,
    log: from.log,
    keys: from.keys,
    requestId: from.requestId,
    address: from.address,
    db: from.database.forAccount(account.id),
    kind: "account",
    account,
    place: { timeZone: account.timeZone, locale: actor.user?.locale ?? account.locale },
    ownOnly: account.ownContactsOnly && actor.role === "user",
    ...actor,
  };
}

export async function findAccount(scope: InstallationScope, accountId: string): Promise<AccountFacts | null> {
  const row = await scope.db
    .selectFrom("accounts")
    .select(accountColumns)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row ? toAccountFacts(row) : null;
}

/** The account's own background work. Throws when there is no such account: a job of it can have no meaning. */
export async function systemScope(scope: InstallationScope, accountId: string): Promise<Scope> {
  const account = await findAccount(scope, accountId);
  if (!account) throw new Error("There is no such account");
  return accountScope(scope, account, theSystem);
}
