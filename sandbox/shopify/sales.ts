/** What the last page of the checkout could tell analytics: of orders that were placed in a browser, tests among them. */
import { type Sale } from "../frame/sale";
import { type World } from "../frame/world";
import { numberOf, placedAtOf, type SampleOrder } from "./orders";

/** As the customer sees them. */
const methods: Readonly<Record<string, string>> = {
  ...{ shopify_payments: "Credit card", paypal: "PayPal", klarna: "Klarna", bogus: "Credit card" },
};

/** The tag sends the order's number in the shop's books, and what was paid in the shop's currency. */
export function salesOf(orders: World<SampleOrder>, currency: string): Sale[] {
  return [...orders.keys()].flatMap((key) => {
    const known = orders.get(key);
    if (known?.item.source !== "web") return [];
    const { total, gateway } = known.item;
    const id = String(numberOf(key));
    return [{ id, placedAt: placedAtOf(known), value: total / 100, currency, method: methods[gateway] ?? gateway }];
  });
}
