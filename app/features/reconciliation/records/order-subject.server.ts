import { orderLayouts } from "~/features/reconciliation/records/export-layouts";
import { orderFields } from "~/features/reconciliation/records/order-fields";
import { orderReader } from "~/features/reconciliation/records/order-reader";
import { recordSubject } from "~/features/reconciliation/records/record-subject.server";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";

export const orderKind: RecordKind = {
  table: "orders",
  kind: "order",
  labels: {
    number: "Number",
    placed_at: "Ordered at",
    total_minor: "Total",
    payment_method: "Payment method",
    standing: "Standing",
    channel: "Channel",
    tax_minor: "Tax",
    shipping_minor: "Shipping",
    discount_minor: "Discount",
    gift_card_minor: "Gift cards",
    refunded_minor: "Refunded",
    line_count: "Lines",
    currency: "Currency",
    order_number: "Bare number",
    order_key: "Order key",
    confirmation: "Confirmation",
    payment_ref: "Payment reference",
    checkout_token: "Checkout token",
    cart_token: "Cart token",
  },
  when: "placed_at",
  inLists: ["number", "placed_at", "total_minor", "payment_method", "standing"],
  required: ["placed_at", "currency", "total_minor", "standing"],
  called: ({ number, order_number: bare }) => (number ?? bare)?.toString() ?? null,
};

/** What shops sold. */
export const orderSubject = recordSubject({
  kind: orderKind,
  noun: { one: "order", many: "orders" },
  fields: orderFields,
  layouts: orderLayouts,
  reader: orderReader,
  matched: "The order with the same ID, of the same shop; of a file without IDs, the order with the same number.",
});
