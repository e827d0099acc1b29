/** Pausing and switching on again, one or many at once. */
import { recordEvent } from "~/features/audit/audit.server";
import { type ConnectorState, type ShownState, shownState } from "~/features/connectors/connector-state";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface Moved {
  /** Names of those that were moved. */
  moved: string[];
  /** Those that stand otherwise than what is asked for allows. Which are not there are left out. */
  left: { name: string; state: ShownState }[];
}

/** No run of them begins by itself any more. One that is at work goes on to its end. */
export function pauseConnectors(scope: Scope, connectorIds: readonly string[]): Promise<Moved> {
  return move(scope, connectorIds, { from: "on", to: "paused", action: "connector.paused" });
}

export function resumeConnectors(scope: Scope, connectorIds: readonly string[]): Promise<Moved> {
  return move(scope, connectorIds, { from: "paused", to: "on", action: "connector.resumed" });
}

interface Move {
  from: ConnectorState;
  to: ConnectorState;
  action: "connector.paused" | "connector.resumed";
}

function move(scope: Scope, connectorIds: readonly string[], { from, to, action }: Move): Promise<Moved> {
  return inTransaction(scope, async (scope) => {
    const rows = await lockAll(scope, connectorIds);
    const moving = rows.filter(({ state }) => state === from);
    for (const { id } of moving) {
      await scope.db
        .updateTable("connectors")
        .set({ state: to, changed_at: scope.clock.now() })
        .where("account_id", "=", scope.account.id)
        .where("id", "=", id)
        .execute();
      await planNext(scope, id);
      await recordEvent(scope, { action, subject: { connectorId: id } });
    }
    const left = rows.filter(({ state }) => state !== from && state !== to);
    return {
      moved: moving.map(({ name }) => name),
      left: left.map((row) => ({ name: row.name, state: shownState(row) })),
    };
  });
}

async function lockAll(scope: Scope, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return scope.db
    .selectFrom("connectors")
    .select(["id", "name", "state", "disconnected_at as disconnectedAt"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}
