import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** Of how many records of a change set something was changed since that still holds. For short ones: it looks at each. */
export async function countChangedSince(scope: Scope, changeSetId: string): Promise<number> {
  const { count } = await scope.db
    .selectFrom("change_entries as entry")
    .select((eb) => eb.fn.count<number>("entry.subject_id").distinct().as("count"))
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.change_set_id", "=", changeSetId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("change_entries as since")
          .innerJoin("change_sets as change", (join) =>
            join.onRef("change.account_id", "=", "since.account_id").onRef("change.id", "=", "since.change_set_id"),
          )
          .select("since.position")
          .where("since.account_id", "=", scope.account.id)
          .whereRef("since.subject_id", "=", "entry.subject_id")
          .where("since.change_set_id", ">", changeSetId)
          .where("change.action", "!=", "change.undone")
          .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)])),
      ),
    )
    .executeTakeFirstOrThrow();
  return count;
}
