import { isOver } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Whether a change set is that of a run that has ended: while it is at work it can be cancelled, not undone. */
export async function canUndoRun(scope: Scope, changeSetId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("state")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .executeTakeFirst();
  return run !== undefined && isOver(run.state);
}

export interface RunOfChange {
  /** The file, or how the connector was called. */
  name: string;
  connector: ConnectorNow;
}

/** How the connector stands that a run was of: `unreached` has to be connected again first. Null: it was of none. */
export type ConnectorNow = "here" | "unreached" | "deleted" | null;

/** The runs that these change sets are of; those that no run made are left out. */
export async function runsOfChanges(
  scope: Scope,
  changeSetIds: readonly string[],
): Promise<ReadonlyMap<string, RunOfChange>> {
  if (changeSetIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("runs")
    .leftJoin("connectors", (join) =>
      join.onRef("connectors.account_id", "=", "runs.account_id").onRef("connectors.id", "=", "runs.connector_id"),
    )
    .select(["runs.change_set_id as changeSetId", "runs.file_name as name", "connectors.deleted_at as deletedAt"])
    .select("connectors.state")
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.change_set_id", "in", changeSetIds)
    .execute();
  return new Map(
    rows.map(({ changeSetId, name, ...connector }) => [
      changeSetId ?? "",
      { name: name ?? "", connector: standing(connector) },
    ]),
  );
}

function standing({ state, deletedAt }: { state: string | null; deletedAt: string | null }): ConnectorNow {
  if (state === null) return null;
  if (deletedAt !== null) return "deleted";
  return state === "needs-reconnecting" ? "unreached" : "here";
}
