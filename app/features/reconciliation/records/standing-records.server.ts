import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import "~/features/reconciliation/records/tables";
import { type Scope } from "~/platform/scope.server";

/** What stands here of a connector. Nobody else says anything of its records: all of them stand for themselves. */
export async function countStandingRecords(
  scope: Scope,
  { table }: RecordKind,
  connectorId: string,
): Promise<{ records: number; alone: number }> {
  const { count } = await scope.db
    // Both tables have the columns that are named here.
    .selectFrom(table as "orders")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", connectorId)
    .where("gone_at", "is", null)
    .executeTakeFirstOrThrow();
  return { records: count, alone: count };
}
