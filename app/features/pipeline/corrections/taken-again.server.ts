import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Whether corrected rows that an import stored were taken by another once it was undone. */
export async function takenAgain(scope: Scope, runId: string): Promise<boolean> {
  const { count: stored } = await rowsStored(scope, runId).executeTakeFirstOrThrow();
  const { count: stillTaken } = await rowsStored(scope, runId)
    .innerJoin("row_corrections as taken", (join) =>
      join
        .onRef("taken.account_id", "=", "raw.account_id")
        .onRef("taken.corrected_run_id", "=", "raw.run_id")
        .onRef("taken.corrected_position", "=", "raw.position"),
    )
    .executeTakeFirstOrThrow();
  return Number(stillTaken) < Number(stored);
}

/** Each of them was taken, once. */
function rowsStored(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("raw_records as raw")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("raw.account_id", "=", scope.account.id)
    .where("raw.run_id", "=", runId)
    .where("raw.outcome", "in", ["new", "changed", "kept"]);
}
