import { type ValueBasis } from "~/features/reconciliation/basis/value-basis";
import { type AliasType } from "~/features/reconciliation/ids/alias-types";

/** By what an order may be tracked, as people know it. */
export const aliasWords: Record<AliasType, string> = {
  id: "The shop’s own id of the order",
  name: "The order’s name",
  "bare-name": "The order’s name without what stands before and after its number",
  number: "The order number",
  "order-key": "The order key",
  confirmation: "The confirmation number",
  token: "The checkout’s or cart’s token",
  "payment-reference": "The payment’s reference",
};

/** Which amount of an order is sent to the analytics as its value. */
export const basisWords: Record<ValueBasis, string> = {
  total: "The whole amount, with tax and shipping",
  "total-tax-shipping": "Without tax and shipping",
  "total-tax": "Without tax",
  "total-shipping": "Without shipping",
  "subtotal-before-discount": "What the articles come to before discounts, without tax and shipping",
};
