import { type Books } from "~/features/reconciliation/columns/books";
import { type Standing, standings } from "~/features/reconciliation/columns/orders";
import { safeMinor } from "~/features/reconciliation/columns/safe-minor";
import { type Alias } from "~/features/reconciliation/ids/alias-types";
import { readAlias } from "~/features/reconciliation/ids/read-id";
import { currencyExponent } from "~/platform/money";

/** An order of a shop, once for each id of the source. Amounts are minor units of `currency`. */
export interface Order {
  id: string;
  aliases: readonly Alias[];
  /** An instant. */
  createdAt: string;
  currency: string;
  total: bigint;
  tax?: bigint;
  shipping?: bigint;
  discount?: bigint;
  giftCard?: bigint;
  refund?: bigint;
  lines?: number;
  paymentMethod?: string;
  /** Where it was sold: "web", "pos", "draft" and whatever else the source knows. */
  channel?: string;
  standing?: Standing;
}

/** Throws a RangeError for an unknown currency and for an amount beyond 2^53 minor units. */
export function addOrder(books: Books, order: Order): void {
  currencyExponent(order.currency);
  const facts = {
    createdMs: Date.parse(order.createdAt),
    currency: books.currencies.internText(order.currency),
    ...amountsOf(order),
    lines: Math.min(order.lines ?? 1, 0xffff),
    method: books.methods.internText(order.paymentMethod ?? ""),
    channel: books.channels.internText(order.channel ?? ""),
    standing: standings.indexOf(order.standing ?? "sale"),
  };
  if (Number.isNaN(facts.createdMs)) throw new RangeError("An order without a time");
  books.orders.ids.appendText(order.id);
  books.orders.add(facts);
  for (const alias of order.aliases) readAlias(books, alias);
}

function amountsOf({ total, tax = 0n, shipping = 0n, discount = 0n, giftCard = 0n, refund = 0n }: Order) {
  return {
    total: safeMinor(total),
    tax: safeMinor(tax),
    shipping: safeMinor(shipping),
    discount: safeMinor(discount),
    giftCard: safeMinor(giftCard),
    refund: safeMinor(refund),
  };
}
