import "~/features/accounts/tables";
import { customsOf } from "~/features/accounts/countries";
import { type Settings } from "~/features/accounts/settings-form";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type AccountFacts, type Scope } from "~/platform/scope.server";

/** Changes what is customary in this account; what is stored already stays as it is. Nothing changed writes nothing. */
export function changeSettings(scope: Scope, settings: Settings): Promise<{ changed: (keyof Settings)[] }> {
  const before: AccountFacts = scope.account;
  const changed = (Object.keys(settings) as (keyof Settings)[]).filter((field) => settings[field] !== before[field]);
  if (changed.length === 0) return Promise.resolve({ changed });
  return inTransaction(scope, async (scope) => {
    await scope.db
      .updateTable("accounts")
      .set({
        name: settings.name,
        colour: settings.colour,
        phone_country: settings.phoneCountry,
        time_zone: settings.timeZone,
        currency: settings.currency,
        locale: changed.includes("phoneCountry") ? customsOf(settings.phoneCountry)?.locale : before.locale,
      })
      .where("account_id", "=", before.id)
      .execute();
    await recordEvent(scope, { action: "account.settings-changed", fields: changed });
    return { changed };
  });
}
