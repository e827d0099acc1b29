/** Secrets that a system replaced while they were used: kept at once, since the old ones may be good for nothing. */
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { type Settings } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import "~/features/connectors/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Of a connector that was disconnected meanwhile nothing is kept: somebody wanted its secrets gone. */
export function keepSecrets(
  scope: Scope,
  { id, sealedSecrets }: Pick<Connector, "id" | "sealedSecrets">,
  changed: Settings,
): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .selectFrom("connectors")
      .select("secrets")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!row || (row.secrets === null && sealedSecrets !== null)) return;
    const secrets = { ...openSecrets(scope, { id, sealedSecrets: row.secrets }), ...changed };
    await scope.db
      .updateTable("connectors")
      .set({ secrets: sealSecrets(scope, id, secrets) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
  });
}
