/** The orders of a shop, and how WooCommerce writes them out. Amounts are hundredths. */
import { type Sale } from "../frame/sale";
import { type Known, World } from "../frame/world";

type ShopStatus =
  "pending" | "processing" | "on-hold" | "completed" | "cancelled" | "refunded" | "failed" | "checkout-draft" | "trash";

export interface ShopOrder {
  /** Null: its id; extensions give others. */
  number: string | null;
  /** Milliseconds since 1970. */
  placedAt: number;
  paidAt: number | null;
  status: ShopStatus;
  currency: string;
  lines: readonly { name: string; quantity: number; price: number }[];
  shipping: number;
  tax: number;
  discount: number;
  method: { code: string; title: string };
  createdVia: string;
  transaction: string;
  refunds: readonly { id: number; amount: number }[];
  meta: readonly { key: string; value: string }[];
}

const FIRST_ID = 1_000;
const MINUTE_MS = 60_000;

/** When the first was placed, in milliseconds since 1970, and how far apart they are. */
export interface Calendar {
  firstAt: number;
  stepMs: number;
}

const autumn: Calendar = { firstAt: Date.UTC(2026, 9, 1, 6), stepMs: 37 * MINUTE_MS };

const teas = ["Assam Harmutty", "Darjeeling First Flush", "Earl Grey", "Sencha Fukuyu", "Rooibos Vanilla"];
const methods = [
  { code: "stripe", title: "Credit card" },
  { code: "ppcp-gateway", title: "PayPal" },
  { code: "bacs", title: "Bank transfer" },
  { code: "klarna_payments", title: "Klarna" },
];

const at = <Item>(list: readonly Item[], place: number) => list[place % list.length]!;

/** Always the same of one number. */
export function sampleOrder(key: number, { firstAt, stepMs } = autumn): ShopOrder {
  const placedAt = firstAt + key * stepMs;
  const lines = Array.from({ length: 1 + (key % 3) }, (_, line) => ({
    name: at(teas, key + line),
    quantity: 1 + ((key + line) % 2),
    price: 890 + ((key * 7 + line * 31) % 40) * 50,
  }));
  const goods = lines.reduce((all, { quantity, price }) => all + quantity * price, 0);
  const shipping = goods > 4_000 ? 0 : 490;
  const method = at(methods, Math.floor(key / 2));
  return {
    ...{ number: null, placedAt, paidAt: placedAt + MINUTE_MS, status: at(["completed", "processing"] as const, key) },
    ...{ currency: "EUR", lines, shipping, discount: 0, tax: Math.round(((goods + shipping) * 7) / 100) },
    ...{
      method,
      createdVia: key % 5 === 0 ? "store-api" : "checkout",
      transaction: `ch_${(key * 7_919).toString(36)}`,
    },
    ...{ refunds: [], meta: [] },
  };
}

function totalOf({ lines, shipping, tax, discount }: ShopOrder): number {
  return lines.reduce((all, { quantity, price }) => all + quantity * price, 0) + shipping + tax - discount;
}

const idOf = (key: number) => FIRST_ID + key;

/** What a page behind the checkout could tell analytics of each. */
export function salesOf(orders: World<ShopOrder>): Sale[] {
  return [...orders.keys()].map((key) => {
    const { item } = orders.get(key)!;
    const { placedAt, currency, method, number } = item;
    return { id: number ?? String(idOf(key)), placedAt, value: totalOf(item) / 100, currency, method: method.title };
  });
}

export function ordersOf(count: number, calendar?: Calendar): World<ShopOrder> {
  return new World(count, (key) => sampleOrder(key, calendar));
}

/** How many decimals the shop is set to, and how far its own time is from Greenwich. */
export interface ShopManner {
  decimals: number;
  offsetMinutes: number;
}

/** "2026-10-01T06:00:00": whatever the zone, it is not said. */
export function plainTime(ms: number, offsetMinutes = 0): string {
  return new Date(ms + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19);
}

const times = (name: string, ms: number | null, { offsetMinutes }: ShopManner) => ({
  [name]: ms === null ? null : plainTime(ms, offsetMinutes),
  [`${name}_gmt`]: ms === null ? null : plainTime(ms),
});

/** As the shop is set to: with none, as the shop did round it. */
function amount(hundredths: number, decimals: number): string {
  return (hundredths / 100).toFixed(decimals);
}

const nobody = {
  ...{ first_name: "Marlene", last_name: "Brandt", company: "", address_1: "Lindenweg 4", address_2: "", city: "Köln" },
  ...{ state: "", postcode: "50667", country: "DE" },
};

/** The whole resource: with the customer in it, whom nobody should ask for. */
export function resourceOf({ key, item, changedAt }: Known<ShopOrder>, manner: ShopManner): Record<string, unknown> {
  const id = idOf(key);
  const money = (hundredths: number) => amount(hundredths, manner.decimals);
  return {
    ...{ id, parent_id: 0, number: item.number ?? String(id), order_key: `wc_order_${(id * 104_729).toString(36)}` },
    ...{ created_via: item.createdVia, version: "9.9.3", status: item.status, currency: item.currency },
    ...times("date_created", item.placedAt, manner),
    ...times("date_modified", changedAt, manner),
    ...{ discount_total: money(item.discount), discount_tax: money(0) },
    ...{ shipping_total: money(item.shipping), shipping_tax: money(0), cart_tax: money(item.tax) },
    ...{ total: money(totalOf(item)), total_tax: money(item.tax), prices_include_tax: false },
    ...{ customer_id: 0, customer_ip_address: "192.0.2.7", customer_user_agent: "mozilla/5.0", customer_note: "" },
    ...{ billing: { ...nobody, email: "m.brandt@post.example", phone: "0221 555 0100" }, shipping: nobody },
    ...{ payment_method: item.method.code, payment_method_title: item.method.title, transaction_id: item.transaction },
    ...times("date_paid", item.paidAt, manner),
    ...times("date_completed", item.status === "completed" ? item.paidAt : null, manner),
    ...{ cart_hash: "", meta_data: item.meta.map((one, place) => ({ id: id * 10 + place, ...one })) },
    line_items: item.lines.map((line, place) => lineOf(line, id * 10 + place, manner)),
    ...{ tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [] },
    refunds: item.refunds.map((refund) => ({ id: refund.id, refund: "", total: `-${money(refund.amount)}` })),
    _links: { self: [{ href: `/wp-json/wc/v3/orders/${id}` }] },
  };
}

function lineOf({ name, quantity, price }: ShopOrder["lines"][number], id: number, { decimals }: ShopManner) {
  const total = amount(quantity * price, decimals);
  return {
    ...{ id, name, product_id: 93, variation_id: 0, quantity, tax_class: "", subtotal: total, subtotal_tax: "0.00" },
    ...{ total, total_tax: "0.00", taxes: [], meta_data: [], sku: "" },
    // A number, though all others are texts.
    price: price / 100,
  };
}
