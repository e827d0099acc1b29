/** What shops and analytics write when they are exported: told by columns that only they have together. */
import { type KnownLayout } from "~/features/pipeline/subject";

/** `goes`: the columns with a field; those of `tells` are all there. Whom an order is for is left out with the rest. */
function layout(name: string, tells: readonly string[], goes: Readonly<Record<string, string>>): KnownLayout {
  return {
    name,
    mappingOf(columns) {
      const there = new Set(columns);
      if (!tells.every((column) => there.has(column))) return null;
      return columns.map((column) => (Object.hasOwn(goes, column) ? (goes[column] ?? "") : ""));
    },
  };
}

export const orderLayouts: readonly KnownLayout[] = [
  layout("Shopify", ["Name", "Financial Status", "Currency", "Total", "Created at", "Lineitem name"], {
    Name: "number",
    Id: "id",
    "Created at": "placedAt",
    Currency: "currency",
    Total: "total",
    Taxes: "tax",
    Shipping: "shipping",
    "Discount Amount": "discount",
    "Refunded Amount": "refunded",
    "Financial Status": "standing",
    "Payment Method": "paymentMethod",
    "Payment ID": "paymentRef",
    Source: "channel",
  }),
  layout("WooCommerce", ["order_id", "order_number", "order_date", "order_total", "order_currency", "status"], {
    order_id: "id",
    order_number: "number",
    order_key: "orderKey",
    order_date: "placedAt",
    order_currency: "currency",
    order_total: "total",
    tax_total: "tax",
    shipping_total: "shipping",
    discount_total: "discount",
    status: "standing",
    payment_method_title: "paymentMethod",
    transaction_id: "paymentRef",
  }),
];

/** Revenue by the name that the report has for it. */
function reportOf(revenue: string): KnownLayout {
  return layout("Google Analytics 4", ["Transaction ID", "Date", "Currency", revenue], {
    "Transaction ID": "transactionId",
    Date: "day",
    Currency: "currency",
    [revenue]: "value",
    "Ecommerce purchases": "events",
    // Put beside by whoever looks after several shops.
    Property: "property",
  });
}

/** A report has one column of these; where it has several, the first says the value. */
const revenues = ["Purchase revenue", "Ecommerce revenue", "Total revenue", "Event value"];

export const transactionLayouts: readonly KnownLayout[] = [
  ...revenues.map(reportOf),
  layout("Google Analytics 4", ["transactionId", "date", "currencyCode", "purchaseRevenue"], {
    transactionId: "transactionId",
    date: "day",
    currencyCode: "currency",
    purchaseRevenue: "value",
    ecommercePurchases: "events",
  }),
];
