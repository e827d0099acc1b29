/** The way into a system that is closed: an agreement's tokens go, and the connector waits for somebody to connect it again. */
import { recordEvent } from "~/features/audit/audit.server";
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { type AccessUsed, isReachedBy } from "~/features/connectors/access/access-used.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { whereItStood } from "~/features/connectors/where-it-stood";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface AccessEnd {
  connectorId: string;
  /** In a sentence, for whoever looks why. */
  why: string;
  /** `connector.grant-ended`: the provider said so. `connector.disconnected`: somebody here did, and secrets go, too. */
  action: "connector.grant-ended" | "connector.disconnected";
  /** What the provider said it of: another that has taken its place stays. Absent: whatever there is. */
  of?: AccessUsed;
}

/** Whether there was anything to end. `stood` says where the connector goes on when it is connected again. */
export function endAccess(scope: Scope, { connectorId, why, action, of }: AccessEnd): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    if (!connector || (of && !(await isReachedBy(scope, connectorId, of)))) return false;
    const isWanted = action === "connector.disconnected";
    const hadGrant = await eraseGrant(scope, connectorId, why);
    if (!hadGrant && !isOpen(connector, isWanted)) return false;
    const now = scope.clock.now();
    await scope.db
      .updateTable("connectors")
      .set((eb) => ({
        ...{ state: "needs-reconnecting", stood: whereItStood(eb), changed_at: now },
        ...(isWanted ? { disconnected_at: now, disconnected_why: why, secrets: null } : {}),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await planNext(scope, connectorId);
    // Who disconnects it knows.
    if (!isWanted) await tellConnector(scope, connectorId, { what: "needs-reconnecting", runId: null });
    await recordEvent(scope, { action, subject: { connectorId } });
    return true;
  });
}

/** Whether something is to be ended, beside an agreement. */
function isOpen({ state, secrets, disconnected_at }: Locked, isWanted: boolean): boolean {
  if (state !== "needs-reconnecting") return true;
  // What a person ends after it has ended by itself is wanted so, too.
  return isWanted && (secrets !== null || disconnected_at === null);
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockConnector>>>;

function lockConnector(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("connectors")
    .select(["state", "secrets", "disconnected_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/** Whether there was one that held. In the transaction of whoever has locked its connector. */
export async function eraseGrant(scope: Scope, connectorId: string, why: string): Promise<boolean> {
  const ended = await scope.db
    .updateTable("connector_grants")
    .set({
      ...{ access_token: null, refresh_token: null, expires_at: null, shared_key: null, extras: "{}" },
      ...{ claim: null, claimed_until: null, ended_at: scope.clock.now(), ended_why: why },
    })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
