import { expressionBuilder, sql } from "kysely";
import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Runs of a connector that were undone, and not redone; also one of which the redo broke off, as what that has not come to
 * is still undone. Not only those of the last 30 days, in which undoing is possible: a record that one of them left stands
 * so until it is read again, be it years later, and would count as here. People undo by hand: there is a handful.
 */
export async function undoneRuns(scope: Scope, connectorId: string): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("runs")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .select("runs.id")
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.connector_id", "=", connectorId)
    .where("change.undone_at", "is not", null)
    .where((eb) => eb.or([eb("change.revived_at", "is", null), eb.exists(brokenRedo(scope))]))
    .execute();
  return rows.map(({ id }) => id);
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** A redo of `change` that did not come to its end, and is not undone itself: not since, or brought back from that. */
function brokenRedo(scope: Scope) {
  return parts
    .selectFrom("undos as redo")
    .innerJoin("change_sets as undoing", (join) =>
      join.onRef("undoing.account_id", "=", "redo.account_id").onRef("undoing.id", "=", "redo.change_set_id"),
    )
    .innerJoin("change_sets as own", (join) =>
      join.onRef("own.account_id", "=", "redo.account_id").onRef("own.id", "=", "redo.own_change_set_id"),
    )
    .select("redo.id")
    .where("redo.account_id", "=", scope.account.id)
    .where("redo.state", "=", "failed")
    .where("undoing.root_id", "=", sql.ref<string>("change.id"))
    .where(sql<boolean>`undoing.turn % 2 = 1`)
    .where((eb) => eb.or([eb("own.undone_at", "is", null), eb("own.revived_at", "is not", null)]));
}
