import "~/features/connectors/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Holds a connector to the end of the transaction. Whoever changes several of these holds them in this order, or two would
 * wait for each other for ever: the connector, what was agreed to for it, its run, the account's chain of audit events.
 */
export async function holdConnector(scope: Scope, connectorId: string): Promise<void> {
  await scope.db
    .selectFrom("connectors")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .$call(lockRows(scope))
    .execute();
}
