import "~/features/pipeline/tables";
import { isOver, runStates } from "~/features/pipeline/run/run";
import { type Scope } from "~/platform/scope.server";

const atWork = runStates.filter((state) => !isOver(state));

/**
 * Whether what an undone run of a connector stored has come in again since, or may just now: redone, it would be here twice,
 * as a record of the run and as one of what read it again. Runs say so themselves, so that no record has to be looked at; one
 * at work may have begun before the undo.
 */
export async function readAgain(
  scope: Scope,
  { runId, connectorId }: { runId: string; connectorId: string },
): Promise<boolean> {
  const found = await scope.db
    .selectFrom("runs as since")
    .select("since.id")
    .where("since.account_id", "=", scope.account.id)
    .where("since.connector_id", "=", connectorId)
    // Ids grow with time, and of a connector one run is at work at a time.
    .where("since.id", ">", runId)
    // In its checkpoint an id of a run stands only among those of `again`.
    .where((eb) => eb.or([eb("since.state", "in", atWork), eb("since.checkpoint", "like", `%${runId}%`)]))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
