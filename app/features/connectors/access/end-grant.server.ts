/** An agreement that is no good any more: its tokens go, and the connector waits for somebody to connect it again. */
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface GrantEnd {
  connectorId: string;
  /** In a sentence, for whoever looks why. */
  why: string;
  /** `connector.grant-ended`: the provider said so. `connector.disconnected`: somebody here did. */
  action: "connector.grant-ended" | "connector.disconnected";
}

/** Whether there was one. The tokens are gone with it; `ended_from` says where to go on when it is connected again. */
export function endGrant(scope: Scope, { connectorId, why, action }: GrantEnd): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const connector = await scope.db
      .selectFrom("connectors")
      .select("state")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!connector) return false;
    const now = scope.clock.now();
    const ended = await scope.db
      .updateTable("connector_grants")
      .set({
        ...{ access_token: null, refresh_token: null, expires_at: null, shared_key: null, extras: "{}" },
        ...{ claim: null, claimed_until: null, ended_at: now, ended_why: why },
        ...(connector.state === "needs-reconnecting" ? {} : { ended_from: connector.state }),
      })
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return false;
    await scope.db
      .updateTable("connectors")
      .set({ state: "needs-reconnecting", changed_at: now })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await planNext(scope, connectorId);
    // Who disconnects it knows.
    if (action === "connector.grant-ended") {
      await tellConnector(scope, connectorId, { what: "needs-reconnecting", runId: null });
    }
    await recordEvent(scope, { action, subject: { connectorId } });
    return true;
  });
}
