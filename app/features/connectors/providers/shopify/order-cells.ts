/** An order of Shopify's as cells. */
import { type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { sumOf } from "~/features/connectors/providers/shopify/decimal-sum";
import { channelOf, standingOf } from "~/features/connectors/providers/shopify/order-words";

const GIFT_CARD = "gift_card";

type Cell = readonly [column: string, text: string];

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const cells = Object.entries(payload).flatMap(([field, value]) => (own[field] ?? plain)(field, value));
  return new Map(cells.filter(([, text]) => text !== ""));
}

/** Fields that are more than a text. */
const own: Readonly<Record<string, (field: string, value: Json) => Cell[]>> = {
  processedAt: (field, value) => [[field, instantOf(value)]],
  createdAt: (field, value) => [[field, instantOf(value)]],
  currency: currencyCells,
  paymentGatewayNames: (field, value) => [[field, methodOf(value)]],
  sourceName: (field, value) => [[field, channelOf(textOf(value))]],
  payments: paymentCells,
  standing: standingCells,
};

function plain(field: string, value: Json): Cell[] {
  if (isObject(value)) {
    return [
      [`${field}.shop`, amountIn(value.shopMoney)],
      [`${field}.customer`, amountIn(value.presentmentMoney)],
    ];
  }
  if (Array.isArray(value)) return [[field, (value as readonly Json[]).map(textOf).filter(Boolean).join(", ")]];
  return [[field, textOf(value)]];
}

/** What gift cards paid is told by itself: they are a method only where nothing else was used. */
function methodOf(value: Json): string {
  const all = Array.isArray(value) ? (value as readonly Json[]).map(textOf).filter(Boolean) : [];
  const others = all.filter((name) => name !== GIFT_CARD);
  return [...new Set(others.length > 0 ? others : all)].join(", ");
}

function currencyCells(field: string, value: Json): Cell[] {
  if (!isObject(value)) return [];
  return [
    [`${field}.shop`, textOf(value.currencyCode)],
    [`${field}.customer`, textOf(value.presentmentCurrencyCode)],
  ];
}

/** Kinds of transactions by which money comes in. */
const takesIn = new Set(["SALE", "CAPTURE"]);

/** The reference is that of the first payment that went well, by anything but a gift card where there is such a one. */
function paymentCells(field: string, value: Json): Cell[] {
  const all = Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
  const good = all.filter(({ status }) => status === "SUCCESS");
  const byCard = (transaction: JsonObject) => transaction.gateway === GIFT_CARD;
  const ids = [...good.filter((one) => !byCard(one)), ...good.filter(byCard)].map(({ paymentId }) => textOf(paymentId));
  const cards = good.filter((one) => byCard(one) && takesIn.has(textOf(one.kind)));
  const paid = (money: string) =>
    sumOf(cards.map(({ amountSet }) => (isObject(amountSet) ? amountIn(amountSet[money]) : "")));
  return [
    [`${field}.reference`, ids.find((id) => id !== "") ?? ""],
    [`${field}.giftCard.shop`, paid("shopMoney")],
    [`${field}.giftCard.customer`, paid("presentmentMoney")],
  ];
}

function standingCells(field: string, value: Json): Cell[] {
  if (!isObject(value)) return [];
  return [
    [field, standingOf(value)],
    [`${field}.payment`, textOf(value.displayFinancialStatus)],
    [`${field}.cancelledAt`, instantOf(value.cancelledAt)],
    [`${field}.edited`, value.edited === true ? "yes" : ""],
  ];
}

function amountIn(value: Json | undefined): string {
  return isObject(value) ? textOf(value.amount) : "";
}

/** In UTC, whatever the shop's own zone. */
function instantOf(value: Json | undefined): string {
  const at = Date.parse(textOf(value));
  return Number.isNaN(at) ? textOf(value) : new Date(at).toISOString();
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value).trim();
}
