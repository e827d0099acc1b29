/** The latest orders and transactions, and no more than so many: enough to try settings on, however much is stored. */
import { type ExpressionBuilder, expressionBuilder } from "kysely";
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import {
  orderColumns,
  orderOf,
  transactionColumns,
  transactionOf,
} from "~/features/reconciliation/records/read-records.server";
import "~/features/reconciliation/records/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** Of those that stand, with the day of each. */
export async function latestTransactions(
  scope: Scope,
  origin: string,
  limit: number,
): Promise<(Transaction & { day: string })[]> {
  const rows = await scope.db
    .selectFrom("transactions")
    .select([...transactionColumns])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("gone_at", "is", null)
    .orderBy("day", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...transactionOf(row), day: row.day }));
}

interface Window {
  /** At least one. */
  origins: readonly string[];
  /** Instants: from the first, to before the second. */
  from: string;
  to: string;
  /** Of each origin. */
  limit: number;
}

/** With their origin. One statement, along the index of each. */
export async function latestOrders(scope: Scope, window: Window): Promise<(Order & { origin: string })[]> {
  const [first, ...others] = window.origins.map((origin) =>
    scope.db.selectFrom(ordersOf(scope, window, origin).as("some")).select(["origin", ...orderColumns]),
  );
  if (!first) return [];
  const query = others.reduce((all, one) => all.unionAll(one), first);
  return (await query.execute()).map((row) => ({ ...orderOf(row), origin: row.origin }));
}

/** For parts of a statement, which the guard reads with the whole. */
const parts: ExpressionBuilder<Tables, never> = expressionBuilder<Tables, never>();

function ordersOf(scope: Scope, { from, to, limit }: Window, origin: string) {
  return parts
    .selectFrom("orders")
    .select(["origin", ...orderColumns])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("placed_at", ">=", from)
    .where("placed_at", "<", to)
    .where("gone_at", "is", null)
    .orderBy("placed_at", "desc")
    .orderBy("id", "desc")
    .limit(limit);
}
