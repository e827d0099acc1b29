/** Secrets that a system replaced while they were used: kept at once, since the old ones may be good for nothing. */
import { isDeepStrictEqual } from "node:util";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { type Settings } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import "~/features/connectors/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface Replaced {
  /** As they were used. */
  secrets: Settings;
  /** Those of them that are others now, and what there was not before. */
  changed: Settings;
}

/**
 * Of a connector that was disconnected meanwhile nothing is kept: somebody wanted its secrets gone. Nor where somebody has
 * entered something else since: what comes late would be sent where it was not given out.
 */
export function keepSecrets(
  scope: Scope,
  { id, settings }: Pick<Connector, "id" | "settings">,
  { secrets, changed }: Replaced,
): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .selectFrom("connectors")
      .select(["settings", "secrets"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!row || (row.secrets === null && Object.keys(secrets).length > 0)) return;
    const now = openSecrets(scope, { id, sealedSecrets: row.secrets });
    const entered = (of: Settings) => Object.entries(of).filter(([name]) => !(name in changed));
    const isAsItWas = isDeepStrictEqual(
      [fromJson<Settings>(row.settings), new Map(entered(now))],
      [settings, new Map(entered(secrets))],
    );
    if (!isAsItWas) return;
    await scope.db
      .updateTable("connectors")
      .set({ secrets: sealSecrets(scope, id, { ...now, ...changed }) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
  });
}
