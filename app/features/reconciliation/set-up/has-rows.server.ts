/** Whether there is anything to compare: of either side one row is enough to say so. */
import { expressionBuilder, sql } from "kysely";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { tableOf } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

interface Sides {
  orderOrigins: readonly string[];
  analyticsOrigin: string;
}

/** One statement. */
export async function hasRows(
  scope: Scope,
  { orderOrigins, analyticsOrigin }: Sides,
): Promise<{ orders: boolean; transactions: boolean }> {
  const row = await scope.db
    .selectFrom("accounts")
    .select([
      someOf(scope, orderKind, orderOrigins).as("orders"),
      someOf(scope, transactionKind, [analyticsOrigin]).as("transactions"),
    ])
    .where("accounts.account_id", "=", scope.account.id)
    .executeTakeFirst();
  return { orders: (row?.orders ?? null) !== null, transactions: (row?.transactions ?? null) !== null };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function someOf(scope: Scope, kind: RecordKind, origins: readonly string[]) {
  return parts
    .selectFrom(`${tableOf(kind)} as some`)
    .select(sql<number>`1`.as("one"))
    .where("some.account_id", "=", scope.account.id)
    .where("some.origin", "in", [...origins])
    .where("some.gone_at", "is", null)
    .limit(1);
}
