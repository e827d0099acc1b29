import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { isOver, runStates } from "~/features/pipeline/run/run";
import { type Scope } from "~/platform/scope.server";

interface Undone {
  runId: string;
  connectorId: string;
  /** The run's own. */
  changeSetId: string;
}

const atWork = runStates.filter((state) => !isOver(state));

/**
 * Whether what an undone run of a connector stored has come in again since, or is about to: redone, it would be here twice,
 * as a record of the run and as one of what read it again.
 */
export async function readAgain(scope: Scope, { runId, connectorId, changeSetId }: Undone): Promise<boolean> {
  const found = await scope.db
    .selectFrom("runs as since")
    .select("since.id")
    .where("since.account_id", "=", scope.account.id)
    .where("since.connector_id", "=", connectorId)
    // Ids grow with time. Of all times that it was undone the last counts.
    .where("since.id", ">", (eb) =>
      eb
        .selectFrom("change_sets as undo")
        .select("undo.id")
        .where("undo.account_id", "=", scope.account.id)
        .where("undo.root_id", "=", changeSetId)
        .orderBy("undo.id", "desc")
        .limit(1),
    )
    .where((eb) =>
      eb.or([
        eb("since.state", "in", atWork),
        eb.exists(
          eb
            .selectFrom("raw_records as raw")
            .innerJoin("source_records as source", (join) =>
              join.onRef("source.account_id", "=", "raw.account_id").onRef("source.id", "=", "raw.source_record_id"),
            )
            .select("raw.id")
            .where("raw.account_id", "=", scope.account.id)
            .where("raw.run_id", "=", runId)
            .whereRef("source.changed_run_id", "=", "since.id"),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
