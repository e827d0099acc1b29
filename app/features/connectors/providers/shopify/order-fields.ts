/** What can be chosen of an order: how each field is asked for, and where its columns go. */
import { type Settings, type SourceColumn, type SourceField } from "~/features/connectors/connector";
import { type Money, moneyOf } from "~/features/connectors/providers/shopify/shop-settings";

interface OrderField extends Omit<SourceField, "columns"> {
  /** What stands for it in a query, each with its name first. */
  reads: readonly string[];
  columns(money: Money): SourceColumn[];
}

const WHICH = "Which order it is";
const WHEN = "When it was placed";
const MONEY = "What it came to";
const HOW = "How it was placed and paid";

function column(id: string, label: string, goesTo?: string): SourceColumn {
  return { id, label, ...(goesTo === undefined ? {} : { goesTo }) };
}

function plain(id: string, [group, label]: readonly [string, string], goesTo?: string): OrderField {
  return { id, label, group, usual: goesTo !== undefined, reads: [id], columns: () => [column(id, label, goesTo)] };
}

const BAG = "{ shopMoney { amount } presentmentMoney { amount } }";

/** Every amount is told in the shop's currency and in the customer's. */
function amounts(id: string, label: string, goesTo?: string): (money: Money) => SourceColumn[] {
  return (money) => [
    column(`${id}.shop`, `${label}, in the shop’s currency`, money === "shop" ? goesTo : undefined),
    column(`${id}.customer`, `${label}, in the customer’s currency`, money === "customer" ? goesTo : undefined),
  ];
}

function amount(id: string, [called, label]: readonly [string, string], goesTo?: string): OrderField {
  const columns = amounts(id, label, goesTo);
  return { id, label, group: MONEY, usual: goesTo !== undefined, reads: [`${called} ${BAG}`], columns };
}

/** More than two attempts at paying are rare, more than ten nobody has. */
const PAYMENTS = `transactions(first: 10) { kind status gateway paymentId amountSet ${BAG} }`;

const all: readonly OrderField[] = [
  { ...plain("name", [WHICH, "Order, as customers see it"], "number"), always: true },
  plain("number", [WHICH, "Order number"], "orderNumber"),
  plain("confirmationNumber", [WHICH, "Confirmation number"], "confirmation"),
  plain("checkoutToken", [WHICH, "Token of the checkout"], "checkoutToken"),
  plain("cartToken", [WHICH, "Token of the cart"], "cartToken"),
  // Of an order that was brought over from another shop it is when it was placed there; else it is when it was made.
  { ...plain("processedAt", [WHEN, "Placed at"], "placedAt"), always: true },
  plain("createdAt", [WHEN, "Made in this shop at"]),
  {
    ...{ id: "currency", label: "Currency", group: MONEY, usual: true, always: true },
    reads: ["currencyCode", "presentmentCurrencyCode"],
    columns: (money) => [
      column("currency.shop", "Currency of the shop", money === "shop" ? "currency" : undefined),
      column("currency.customer", "Currency of the customer", money === "customer" ? "currency" : undefined),
    ],
  },
  // As it was ordered: what was changed, returned or paid back later is in other fields.
  { ...amount("total", ["originalTotalPriceSet", "Total as first ordered"], "total"), always: true },
  amount("tax", ["totalTaxSet", "Tax"], "tax"),
  amount("shipping", ["totalShippingPriceSet", "Shipping"], "shipping"),
  amount("discount", ["totalDiscountsSet", "Discount"], "discount"),
  amount("refunded", ["totalRefundedSet", "Paid back"], "refunded"),
  amount("currentTotal", ["currentTotalPriceSet", "Total by now, after changes and returns"]),
  // Of one line there may be many: their number says nothing of how many lines an order has.
  plain("subtotalLineItemsQuantity", [HOW, "How many pieces"]),
  plain("paymentGatewayNames", [HOW, "Payment method"], "paymentMethod"),
  {
    ...{ id: "payments", label: "Payments: their reference, and what gift cards paid", group: HOW, usual: true },
    reads: [PAYMENTS],
    columns: (money) => [
      column("payments.reference", "Payment reference", "paymentRef"),
      ...amounts("payments.giftCard", "Paid by gift card", "giftCard")(money),
    ],
  },
  plain("sourceName", [HOW, "Channel"], "channel"),
  {
    ...{
      id: "standing",
      label: "Whether it is a sale: tests, cancelled, unpaid",
      group: HOW,
      usual: true,
      always: true,
    },
    reads: ["test", "cancelledAt", "displayFinancialStatus", "edited"],
    columns: () => [
      column("standing", "Standing", "standing"),
      column("standing.payment", "State of the payment"),
      column("standing.cancelledAt", "Cancelled at"),
      column("standing.edited", "Changed after it was placed"),
    ],
  },
];

const byId = new Map(all.map((field) => [field.id, field]));

export function fieldsOf(settings: Settings): SourceField[] {
  const money = moneyOf(settings);
  return all.map(({ reads: _, columns, ...field }) => ({ ...field, columns: columns(money) }));
}

/** Parts of a query; the id, and when it was last changed, are asked for always. */
export function selectionOf(fields: readonly string[]): string {
  return ["id", "updatedAt", ...fields.flatMap((id) => byId.get(id)?.reads ?? [])].join(" ");
}

/** What an answer calls a field: one name, or several of which it is made. */
export function namesOf(field: string): readonly string[] {
  return (byId.get(field)?.reads ?? []).map((read) => /^\w+/.exec(read)?.[0] ?? "");
}
