import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { type SourceEnd } from "~/features/pipeline/sourced/source";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Tells how a run of a connector ended, where somebody should know; in the transaction of its end. */
export async function tellRunEnd(scope: Scope, connectorId: string, end: SourceEnd): Promise<void> {
  const { runId, state, question, grantEnded } = end;
  // That it has to be connected again was told with the end of the access.
  if (grantEnded !== null) return;
  // Each question is one of its own.
  if (question !== null) return tellConnector(scope, connectorId, { what: "asking", runId, why: runId });
  if (state === "done") return tellRecovery(scope, connectorId, runId);
  if (state === "attention") return tellAttention(scope, connectorId, runId);
  if (state === "failed") {
    return tellConnector(scope, connectorId, {
      what: "failed",
      runId,
      why: (await readBy(scope, runId))?.problem ?? null,
    });
  }
}

/**
 * Who tries "only the refused" again sees what came of it; that they are refused was told when the source was read. What is
 * wrong beside that, as a receipt that does not add up, was not.
 */
async function tellAttention(scope: Scope, connectorId: string, runId: string): Promise<void> {
  const run = await readBy(scope, runId);
  if (run?.mode === "refused" && run.problem === null) return;
  await tellConnector(scope, connectorId, { what: "attention", runId });
}

/**
 * Only a run that has read its source shows that this works again. An answer settles the question; "only the refused", and
 * taking away what came from there, ask the source nothing.
 */
async function tellRecovery(scope: Scope, connectorId: string, runId: string): Promise<void> {
  const run = await readBy(scope, runId);
  if (!run || run.mode === "refused" || readSourcedSettings(run.settings).takesAway) return;
  await tellConnector(scope, connectorId, {
    ...{ what: "recovered", runId },
    ...(run.mode === "answer" ? { from: "asking" as const } : {}),
  });
}

/** How the run was to read, and what went wrong. */
function readBy(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("runs")
    .select(["mode", "settings", "problem"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirst();
}
