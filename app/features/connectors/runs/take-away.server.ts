import {
  isRunning,
  lockConnector,
  type LockedConnector,
  putRun,
  settingsOf,
} from "~/features/connectors/runs/start-sync.server";
import { dropQuestion } from "~/features/pipeline/run/questions.server";
import { type Provider } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type TakenAway = { ok: true; runId: string | null } | { ok: false; reason: "not-found" | "at-work" };

/**
 * Takes away all that a connector brought, as if it were gone at the source: by a run, with a receipt and an undo. Contacts
 * that something else stands for stay. `runId`: null where nothing was ever read. The next reading reads everything.
 */
export function takeAway(scope: Scope, connectorId: string, provider: Provider): Promise<TakenAway> {
  return inTransaction(scope, async (scope): Promise<TakenAway> => {
    const connector = await lockConnector(scope, connectorId);
    if (!connector) return { ok: false, reason: "not-found" };
    if (await isRunning(scope, connectorId)) return { ok: false, reason: "at-work" };
    const settings = await settingsOf(scope, connector, { provider, isWhole: true, takesAway: true });
    if (settings.streams.length === 0) return { ok: true, runId: null };
    await scope.db
      .updateTable("connectors")
      .set({ ...pausedWhereAsking(connector), whole_next: scope.clock.now(), changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await dropQuestion(scope, connectorId);
    const runId = await putRun(scope, connector, { mode: "answer", settings });
    await recordEvent(scope, { action: "connector.taken-away", subject: { connectorId, runId } });
    return { ok: true, runId };
  });
}

/** With the records what was asked about them is gone: it is paused, also where it only waits to be connected again. */
function pausedWhereAsking({ state, asking }: Pick<LockedConnector, "state" | "asking">) {
  if (asking === null) return {};
  if (state === "needs-reconnecting") return { stood: "paused" as const, asking: null };
  return { state: "paused" as const, stood: null, asking: null };
}
