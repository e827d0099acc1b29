import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Whether a job is undoing or redoing what a run of this connector did: until it is through, half of that is here. */
export async function isBeingUndone(scope: Scope, connectorId: string): Promise<boolean> {
  const undo = await scope.db
    .selectFrom("undos")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "undos.account_id").onRef("change.id", "=", "undos.change_set_id"),
    )
    .innerJoin("runs", (join) =>
      join
        .onRef("runs.account_id", "=", "change.account_id")
        .on((eb) =>
          eb.or([
            eb("runs.change_set_id", "=", eb.ref("change.id")),
            eb("runs.change_set_id", "=", eb.ref("change.root_id")),
          ]),
        ),
    )
    .select("undos.id")
    .where("undos.account_id", "=", scope.account.id)
    .where("undos.state", "in", ["queued", "running"])
    .where("runs.connector_id", "=", connectorId)
    .limit(1)
    .executeTakeFirst();
  return undo !== undefined;
}
