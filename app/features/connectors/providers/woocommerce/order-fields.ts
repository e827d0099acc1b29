/** What can be chosen of an order, and what the shop has to be asked for it. */
import { type SourceColumn, type SourceField } from "~/features/connectors/connector";

const WHICH = "Which order it is";
const MONEY = "What it comes to";
const HOW = "How it was sold";

function column(id: string, label: string, goesTo?: string): SourceColumn {
  return { id, label, ...(goesTo === undefined ? {} : { goesTo }) };
}

interface Known extends Omit<SourceField, "usual" | "columns"> {
  columns: readonly SourceColumn[];
  /** Properties of an order, as WooCommerce calls them. */
  asks: readonly string[];
}

const known: readonly Known[] = [
  {
    ...{ id: "number", label: "Number", group: WHICH, always: true, asks: ["number"] },
    columns: [column("number", "Number", "number")],
  },
  {
    ...{ id: "placed", label: "When it was placed", group: WHICH, always: true, asks: ["date_created_gmt"] },
    columns: [column("placed", "Placed", "placedAt")],
  },
  {
    ...{ id: "order_key", label: "Order key", group: WHICH, asks: ["order_key"] },
    columns: [column("order_key", "Order key", "orderKey")],
  },
  {
    ...{ id: "transaction_id", label: "Reference of the payment", group: WHICH, asks: ["transaction_id"] },
    columns: [column("transaction_id", "Reference of the payment", "paymentRef")],
  },
  {
    ...{ id: "total", label: "Total and currency", group: MONEY, always: true, asks: ["total", "currency"] },
    columns: [column("total", "Total", "total"), column("currency", "Currency", "currency")],
  },
  {
    ...{ id: "total_tax", label: "Tax", group: MONEY, asks: ["total_tax"] },
    columns: [column("total_tax", "Tax, with that on shipping", "tax")],
  },
  {
    ...{ id: "shipping_total", label: "Shipping", group: MONEY, asks: ["shipping_total"] },
    columns: [column("shipping_total", "Shipping, without tax", "shipping")],
  },
  {
    ...{ id: "discount_total", label: "Discount", group: MONEY, asks: ["discount_total"] },
    columns: [column("discount_total", "Discount, without tax", "discount")],
  },
  {
    ...{ id: "refunds", label: "Refunds", group: MONEY, asks: ["refunds"] },
    columns: [column("refunds", "Given back", "refunded")],
  },
  {
    ...{ id: "line_items", label: "Number of lines", group: MONEY, asks: ["line_items"] },
    columns: [column("line_items", "Lines", "lines")],
  },
  {
    ...{ id: "payment_method", label: "Payment method", group: HOW, asks: ["payment_method", "payment_method_title"] },
    columns: [
      column("payment_method", "Payment method", "paymentMethod"),
      column("payment_method.code", "Payment method, as the shop's programs call it"),
    ],
  },
  {
    ...{ id: "created_via", label: "Channel", group: HOW, asks: ["created_via"] },
    columns: [column("created_via", "Channel", "channel")],
  },
  {
    ...{ id: "status", label: "Status", group: HOW, always: true, asks: ["status", "date_paid_gmt", "meta_data"] },
    columns: [column("standing", "What became of it", "standing"), column("status", "Status, as the shop calls it")],
  },
];

export const orderFields: readonly SourceField[] = known.map(({ asks: _asks, ...field }) => ({
  ...field,
  usual: true,
}));

/** Names and addresses of customers are not among them: they are never sent. */
export function askedFor(fields: readonly string[]): string {
  const named = known.filter(({ id }) => fields.includes(id)).flatMap(({ asks }) => asks);
  return ["id", "date_modified_gmt", "status", ...named].filter((one, at, all) => all.indexOf(one) === at).join(",");
}
