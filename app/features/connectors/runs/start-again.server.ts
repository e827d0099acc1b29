import { putRun, type StartResult, startSync } from "~/features/connectors/runs/start-sync.server";
import { canStartAgain } from "~/features/connectors/runs/start-again";
import { type Doors } from "~/features/connectors/runs/doors";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { isAtWork, type RunMode } from "~/features/pipeline/run/run";
import { type ConnectorRun } from "~/features/pipeline/run/run-of-connector.server";
import { findRun, type RunFacts } from "~/features/pipeline/run/runs.server";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** `not-this`: what it did was somebody's decision about how things stood then. */
export type StartedAgain =
  | { ok: true; runId: string; mode: RunMode }
  | { ok: false; reason: Extract<StartResult, { ok: false }>["reason"] | "not-this" };

/** Starts once more what a run of a connector was: of everything, of what changed, of the refused, of taking away. */
export async function startAgain(scope: Scope, runId: string, doors: Pick<Doors, "providers">): Promise<StartedAgain> {
  const run = await findRun(scope, runId);
  if (!run?.connector) return { ok: false, reason: "not-found" };
  if (isAtWork(run.state)) return { ok: false, reason: "at-work" };
  const { connector } = run;
  if (connector.takesAway) return takeAwayAgain(scope, { ...run, connector });
  const { mode } = connector;
  if (mode === "answer") return { ok: false, reason: "not-this" };
  const started = await startSync(scope, connector.id, { mode, doors });
  return started.ok ? { ...started, mode } : started;
}

/**
 * Taking away goes on with what was confirmed then, also of a connector that is deleted by now. Where anything was read
 * since, or what went was put back, that is another matter, with other numbers.
 */
function takeAwayAgain(scope: Scope, run: RunFacts & { connector: ConnectorRun }): Promise<StartedAgain> {
  const connectorId = run.connector.id;
  return inTransaction(scope, async (scope): Promise<StartedAgain> => {
    await holdConnector(scope, connectorId);
    const last = await findLast(scope, connectorId);
    if (last && isAtWork(last.state)) return { ok: false, reason: "at-work" };
    if (!last || last.id !== run.id || !canStartAgain(run)) return { ok: false, reason: "not-this" };
    const settings = readSourcedSettings(last.settings);
    const runId = await putRun(scope, { id: connectorId, name: run.fileName }, { mode: "answer", settings });
    await recordEvent(scope, { action: "connector.taken-away", subject: { connectorId, runId } });
    return { ok: true, runId, mode: "answer" };
  });
}

function findLast(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("runs")
    .select(["id", "state", "settings"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}
