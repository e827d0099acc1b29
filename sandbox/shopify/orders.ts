/** Orders of a shop in Nürnberg that sells ceramics to three countries: each always the same by its number. */
import { type Known } from "../frame/world";

export interface SampleOrder {
  /** In hundredths of the shop's currency. */
  total: number;
  tax: number;
  shipping: number;
  discount: number;
  giftCard: number;
  refunded: number;
  /** By now, after changes and returns. */
  currentTotal: number;
  /** What the customer paid in, and so many of it for one of the shop's. */
  customerCurrency: string;
  rate: number;
  gateway: string;
  source: string;
  payment: string | null;
  cancelledAt: string | null;
  isTest: boolean;
  isEdited: boolean;
  pieces: number;
  /** Milliseconds since 1970; null: when it was made. */
  placedAt: number | null;
}

/** When orders were placed: the first, and each further one so much later. */
export interface Calendar {
  /** ISO 8601 */
  firstAt: string;
  stepMs: number;
}

export const SHOP_CURRENCY = "EUR";

const every = (key: number, which: number) => key % which === 0;
const gateways = ["shopify_payments", "paypal", "klarna", "shopify_payments", "Bank Deposit"] as const;

export function sampleOrder(key: number, calendar?: Calendar): SampleOrder {
  const goods = 1_290 + ((key * 7_919) % 24_000);
  const shipping = every(key, 3) ? 0 : 490;
  const discount = every(key, 9) ? Math.round(goods / 10) : 0;
  const total = goods + shipping - discount;
  const refunded = every(key, 13) ? total : 0;
  const isEdited = every(key, 31);
  return {
    ...{ total, tax: Math.round((total * 19) / 119), shipping, discount, refunded, isEdited },
    giftCard: every(key, 17) ? 1_000 : 0,
    currentTotal: total - refunded + (isEdited ? 1_500 : 0),
    ...(every(key, 6) ? { customerCurrency: "CHF", rate: 0.94 } : { customerCurrency: SHOP_CURRENCY, rate: 1 }),
    gateway: every(key, 41) ? "bogus" : (gateways[key % gateways.length] ?? gateways[0]),
    source: sourceOf(key),
    payment: paymentOf(key, refunded),
    cancelledAt: every(key, 23) ? "2025-03-04T07:30:00Z" : null,
    isTest: every(key, 41),
    pieces: 1 + (key % 4),
    placedAt: placedBy(key, calendar),
  };
}

function placedBy(key: number, calendar: Calendar | undefined): number | null {
  return calendar ? Date.parse(calendar.firstAt) + (key - 1) * calendar.stepMs : null;
}

function sourceOf(key: number): string {
  if (every(key, 19)) return "pos";
  if (every(key, 29)) return "shopify_draft_order";
  if (every(key, 37)) return "subscription_contract";
  return every(key, 43) ? "4711003" : "web";
}

function paymentOf(key: number, refunded: number): string {
  if (every(key, 23)) return "VOIDED";
  if (refunded > 0) return "REFUNDED";
  return key % 5 === 4 && every(key, 2) ? "PENDING" : "PAID";
}

const FIRST_ID = 5_402_117_300_000;

function gidOf(key: number): string {
  return `gid://shopify/Order/${numberOf(key)}`;
}

export function numberOf(key: number): number {
  return FIRST_ID + key;
}

export function placedAtOf({ item, createdAt }: Known<SampleOrder>): number {
  return item.placedAt ?? createdAt;
}

/** As the schema names it; functions are asked with the arguments. */
export function orderOf(known: Known<SampleOrder>): object {
  const { key, item, changedAt } = known;
  const money = (cents: number) => moneyBag(cents, item);
  const placedAt = instant(placedAtOf(known));
  return {
    ...{ __typename: "Order", id: gidOf(key), legacyResourceId: String(numberOf(key)) },
    ...{ name: `#${1_000 + key}`, number: 1_000 + key, confirmationNumber: confirmationOf(key) },
    ...{ checkoutToken: tokenOf(key, "c"), cartToken: item.source === "web" ? tokenOf(key, "a") : null },
    ...{ createdAt: placedAt, processedAt: placedAt, updatedAt: instant(changedAt) },
    ...{ currencyCode: SHOP_CURRENCY, presentmentCurrencyCode: item.customerCurrency },
    ...{ originalTotalPriceSet: money(item.total), currentTotalPriceSet: money(item.currentTotal) },
    // Said to be the total before returns: whether changes are in it depends on whom one asks. Here they are.
    totalPriceSet: money(item.currentTotal + item.refunded),
    ...{ totalTaxSet: money(item.tax), totalShippingPriceSet: money(item.shipping) },
    ...{ totalDiscountsSet: money(item.discount), totalRefundedSet: money(item.refunded) },
    ...{ subtotalLineItemsQuantity: item.pieces, sourceName: item.source, test: item.isTest, edited: item.isEdited },
    ...{ displayFinancialStatus: item.payment, cancelledAt: item.cancelledAt },
    paymentGatewayNames: item.giftCard > 0 ? ["gift_card", item.gateway] : [item.gateway],
    transactions: ({ first = 250 }: { first?: number }) => transactionsOf(key, item).slice(0, first),
  };
}

function transactionsOf(key: number, item: SampleOrder): object[] {
  const money = (cents: number) => moneyBag(cents, item);
  const status = item.payment === "PENDING" ? "PENDING" : "SUCCESS";
  const kind = item.payment === "VOIDED" ? "AUTHORIZATION" : "SALE";
  const card = { kind: "SALE", status: "SUCCESS", gateway: "gift_card", paymentId: `gc-${key}` };
  return [
    ...(item.giftCard > 0 ? [{ ...card, amountSet: money(item.giftCard) }] : []),
    // An attempt that went wrong before.
    ...(every(key, 11)
      ? [
          {
            kind: "SALE",
            status: "FAILURE",
            gateway: item.gateway,
            paymentId: `no-${key}`,
            amountSet: money(item.total),
          },
        ]
      : []),
    { kind, status, gateway: item.gateway, paymentId: `r${key}.1`, amountSet: money(item.total - item.giftCard) },
    ...(item.refunded > 0
      ? [{ kind: "REFUND", status: "SUCCESS", gateway: item.gateway, paymentId: null, amountSet: money(item.refunded) }]
      : []),
  ];
}

/** Shopify writes no more places than are needed, and one at least: "12.9", "12.0". */
function moneyBag(cents: number, { customerCurrency, rate }: SampleOrder): object {
  const text = (amount: number) => (amount / 100).toFixed(2).replace(/0$/, "");
  return {
    shopMoney: { amount: text(cents), currencyCode: SHOP_CURRENCY },
    presentmentMoney: { amount: text(Math.round(cents * rate)), currencyCode: customerCurrency },
  };
}

function instant(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

const confirmationOf = (key: number) =>
  `XK${((key * 2_654_435_761) % 0x7fffffff).toString(36).toUpperCase().padStart(6, "0")}`;
const tokenOf = (key: number, of: string) => of + (key * 40_503).toString(16).padStart(31, "0");
