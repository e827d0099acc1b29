import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** How many imports that this person started have not ended: they stop when the person may no longer import. */
export async function countOpenRunsOf(scope: Scope, userId: string): Promise<number> {
  const row = await scope.db
    .selectFrom("runs")
    .select((query) => query.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("started_by", "=", userId)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirstOrThrow();
  return row.count;
}
