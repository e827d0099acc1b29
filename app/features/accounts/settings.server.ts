/** Changes to an account, each with its event: names of fields, never their values. */
import "~/features/accounts/tables";
import { accountColumns, toAccountFacts } from "~/features/accounts/account-scope.server";
import { settleFields } from "~/features/accounts/field-changes";
import { type Setting, type Settings, settingsOf } from "~/features/accounts/settings";
import { recordEvent } from "~/features/audit/audit.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type AccountFacts, type Scope } from "~/platform/scope.server";

export type SettingsOutcome =
  | { ok: true; changed: Setting[] }
  /** Somebody else changed the same meanwhile, to what it is `now`. Nothing was written. */
  | { ok: false; reason: "changed-meanwhile"; clashes: Setting[]; now: Settings };

/**
 * Writes what differs from how the form began, and that alone: what others changed meanwhile stays. What is stored in
 * the account already (amounts, phone numbers) stays as it is.
 */
export function changeSettings(
  scope: Scope,
  mine: Partial<Settings>,
  began: Partial<Settings> = {},
): Promise<SettingsOutcome> {
  return inTransaction(scope, async (scope): Promise<SettingsOutcome> => {
    const now = settingsOf(await lockedAccount(scope));
    const { changes, clashes } = settleFields<Settings>({ began, mine, now });
    if (clashes.length > 0) return { ok: false, reason: "changed-meanwhile", clashes, now };
    const changed = Object.keys(changes) as Setting[];
    if (changed.length === 0) return { ok: true, changed };
    await scope.db
      .updateTable("accounts")
      .set(toColumns(scope, changes))
      .where("account_id", "=", scope.account.id)
      .execute();
    await recordEvent(scope, { action: "account.settings-changed", fields: changed });
    return { ok: true, changed };
  });
}

function toColumns(scope: Scope, { ownContactsOnly, ...changes }: Partial<Settings>) {
  const since = ownContactsOnly ? scope.clock.now() : null;
  return {
    name: changes.name,
    postal_address: changes.postalAddress,
    colour: changes.colour,
    phone_country: changes.phoneCountry,
    time_zone: changes.timeZone,
    locale: changes.locale,
    currency: changes.currency,
    retention_days: changes.retentionDays,
    import_ask_percent: changes.importAskPercent,
    ...(ownContactsOnly === undefined ? {} : { own_contacts_only_at: since }),
  };
}

/**
 * The account as it is now. Nobody else changes it before this transaction ends; whatever only refers to it, such as an
 * import that is writing rows, goes on and is not waited for.
 */
export async function lockedAccount(scope: Scope): Promise<AccountFacts> {
  const row = await scope.db
    .selectFrom("accounts")
    .select(accountColumns)
    .where("account_id", "=", scope.account.id)
    .$call(lockRows(scope, { how: "no-key-update" }))
    .executeTakeFirstOrThrow();
  return toAccountFacts(row);
}

/** From now on nobody comes in without a second factor, whoever has none is asked to set one up. */
export function requireSecondFactor(scope: Scope): Promise<{ changed: boolean }> {
  return setSecondFactorRule(scope, true);
}

/** From now on a second factor is each person's own choice. Ask for the administrator's own proof first. */
export function dropSecondFactorRule(scope: Scope): Promise<{ changed: boolean }> {
  return setSecondFactorRule(scope, false);
}

function setSecondFactorRule(scope: Scope, required: boolean): Promise<{ changed: boolean }> {
  return inTransaction(scope, async (scope) => {
    const now = await lockedAccount(scope);
    if (now.requiresSecondFactor === required) return { changed: false };
    await scope.db
      .updateTable("accounts")
      .set({ second_factor_required_at: required ? scope.clock.now() : null })
      .where("account_id", "=", scope.account.id)
      .execute();
    const action = required ? "account.second-factor-required" : "account.second-factor-optional";
    await recordEvent(scope, { action, fields: ["requiresSecondFactor"] });
    return { changed: true };
  });
}
