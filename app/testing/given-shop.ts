/** A shop and what its analytics tracked: for tests of comparisons. */
import { addOrder, type Order } from "~/features/reconciliation/columns/add-order";
import { addTransaction, type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { type Books, type IdRules, openBooks, usualIdRules } from "~/features/reconciliation/columns/books";
import { compare, type Comparison } from "~/features/reconciliation/compare/compare";
import { orderFinding, rowFinding } from "~/features/reconciliation/compare/findings";
import { type Settings, usualWaitingMs } from "~/features/reconciliation/compare/settings";

/** Order 1001 of a pottery shop in Bath: three mugs for £48.00 with £8.00 VAT, posted for £3.95. */
export function shopOrder(number: number, facts: Partial<Order> = {}): Order {
  return {
    id: `gid://shopify/Order/${4507894690000 + number}`,
    aliases: [
      { type: "id", value: `gid://shopify/Order/${4507894690000 + number}` },
      { type: "name", value: `#${number}` },
    ],
    createdAt: "2026-05-12T10:15:00.000Z",
    currency: "GBP",
    total: 5195n,
    tax: 800n,
    shipping: 395n,
    paymentMethod: "card",
    channel: "web",
    ...facts,
  };
}

/** Its purchase as the tag on the thank-you page sends it. */
export function purchase(number: number, facts: Partial<Transaction> = {}): Transaction {
  return {
    id: `row-${number}`,
    transactionId: String(number),
    at: "2026-05-12T10:15:30.000Z",
    currency: "GBP",
    value: 5195n,
    ...facts,
  };
}

/** All of May, looked at in June. */
export const may: Settings = {
  timeZone: "Europe/London",
  firstDay: "2026-05-01",
  lastDay: "2026-05-31",
  now: "2026-06-10T09:00:00.000Z",
  waitingMs: usualWaitingMs,
  basis: "total",
  tolerance: { absoluteMinor: 0, basisPoints: 0 },
  scheme: null,
  untrackedChannels: [],
  leavesOutZero: false,
  incompleteDays: [],
  decisions: [],
};

export interface Shop {
  orders: readonly Order[];
  rows: readonly Transaction[];
}

export function filledBooks({ orders, rows }: Shop, idRules: IdRules = usualIdRules): Books {
  const books = openBooks(idRules);
  for (const order of orders) addOrder(books, order);
  for (const row of rows) addTransaction(books, row);
  return books;
}

export function compared(shop: Shop, settings: Partial<Settings> = {}, idRules?: IdRules): Comparison {
  return compare(filledBooks(shop, idRules), { ...may, ...settings });
}

export function orderFindings(comparison: Comparison) {
  return Array.from({ length: comparison.books.orders.length }, (_, order) => orderFinding(comparison, order));
}

export function rowFindings(comparison: Comparison) {
  return Array.from({ length: comparison.books.transactions.length }, (_, row) => rowFinding(comparison, row));
}
