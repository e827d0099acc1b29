/** Reads what is compared back, in batches and by their time: a million orders take no more memory than one batch. */
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { type Alias } from "~/features/reconciliation/ids/alias-types";
import "~/features/reconciliation/records/tables";
import { type Scope } from "~/platform/scope.server";

const BATCH = 2_000;

interface OrderWindow {
  /** Connectors by their ids, files as `originOfFile` says. */
  origin: string;
  /** Instants: from the first, to before the second. */
  from: string;
  to: string;
}

/** Oldest first; those that are gone at the source are left out. */
export async function* readOrders(scope: Scope, { origin, from, to }: OrderWindow): AsyncGenerator<Order[]> {
  let last: { at: string; id: string } | null = null;
  for (;;) {
    const rows: OrderRow[] = await orderRows(scope, { origin, from, to }, last);
    if (rows.length > 0) yield rows.map(orderOf);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return;
    last = { at: end.placed_at, id: end.id };
  }
}

type OrderRow = Awaited<ReturnType<typeof orderRows>>[number];

/** What `orderOf` needs. */
export const orderColumns = [
  ...(["remote_id", "number", "order_number", "order_key", "confirmation", "checkout_token", "cart_token"] as const),
  ...([
    "payment_ref",
    "placed_at",
    "currency",
    "total_minor",
    "tax_minor",
    "shipping_minor",
    "discount_minor",
  ] as const),
  ...(["gift_card_minor", "refunded_minor", "line_count", "payment_method", "channel", "standing"] as const),
] as const;

function orderRows(scope: Scope, { origin, from, to }: OrderWindow, last: { at: string; id: string } | null) {
  return scope.db
    .selectFrom("orders")
    .select(["id", ...orderColumns])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("placed_at", ">=", from)
    .where("placed_at", "<", to)
    .where("gone_at", "is", null)
    .$if(last !== null, (query) =>
      query.where((eb) => eb(eb.refTuple("placed_at", "id"), ">", eb.tuple(last?.at ?? "", last?.id ?? ""))),
    )
    .orderBy("placed_at")
    .orderBy("id")
    .limit(BATCH)
    .execute();
}

export function orderOf(row: Omit<OrderRow, "id">): Order {
  return {
    id: row.remote_id,
    aliases: aliasesOf(row),
    ...{ createdAt: row.placed_at, currency: row.currency, total: row.total_minor, standing: row.standing },
    ...{ tax: row.tax_minor ?? 0n, shipping: row.shipping_minor ?? 0n, discount: row.discount_minor ?? 0n },
    ...{ giftCard: row.gift_card_minor ?? 0n, refund: row.refunded_minor ?? 0n, lines: row.line_count ?? 1 },
    ...{ paymentMethod: row.payment_method ?? "", channel: row.channel ?? "" },
  };
}

function aliasesOf(row: Omit<OrderRow, "id">): Alias[] {
  const said: [Alias["type"], string | null][] = [
    ["id", row.remote_id],
    ["name", row.number],
    ["number", row.order_number],
    ["order-key", row.order_key],
    ["confirmation", row.confirmation],
    ["token", row.checkout_token],
    ["token", row.cart_token],
    ["payment-reference", row.payment_ref],
  ];
  return said.flatMap(([type, value]) => (value === null ? [] : [{ type, value }]));
}

interface TransactionWindow {
  origin: string;
  /** Plain dates, both included. */
  firstDay: string;
  lastDay: string;
}

export async function* readTransactions(scope: Scope, window: TransactionWindow): AsyncGenerator<Transaction[]> {
  let last: { day: string; id: string } | null = null;
  for (;;) {
    const rows: TransactionRow[] = await transactionRows(scope, window, last);
    if (rows.length > 0) yield rows.map(transactionOf);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return;
    last = { day: end.day, id: end.id };
  }
}

type TransactionRow = Awaited<ReturnType<typeof transactionRows>>[number];

/** What `transactionOf` needs. */
export const transactionColumns = [
  ...(["remote_id", "transaction_id", "day", "at", "currency", "value_minor", "event_count", "is_rounded"] as const),
] as const;

function transactionRows(
  scope: Scope,
  { origin, firstDay, lastDay }: TransactionWindow,
  last: { day: string; id: string } | null,
) {
  return scope.db
    .selectFrom("transactions")
    .select(["id", ...transactionColumns])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("day", ">=", firstDay)
    .where("day", "<=", lastDay)
    .where("gone_at", "is", null)
    .$if(last !== null, (query) =>
      query.where((eb) => eb(eb.refTuple("day", "id"), ">", eb.tuple(last?.day ?? "", last?.id ?? ""))),
    )
    .orderBy("day")
    .orderBy("id")
    .limit(BATCH)
    .execute();
}

export function transactionOf(row: Omit<TransactionRow, "id">): Transaction {
  return {
    ...{ id: row.remote_id, transactionId: row.transaction_id, at: row.at ?? row.day, currency: row.currency },
    ...{ value: row.value_minor, events: row.event_count, isRounded: row.is_rounded === 1 },
  };
}
