/** `GET /wp-json/wc/v3/orders`: what is asked for, and whether it may be asked so. */
import { type Reply } from "../frame/stand-in";
import { type Known, type World } from "../frame/world";
import { invalid } from "./errors";
import { plainTime, type ShopManner, type ShopOrder } from "./orders";

const statuses = new Set(
  "any auto-draft pending processing on-hold completed cancelled refunded failed checkout-draft trash".split(" "),
);

const oneOf =
  (...values: string[]) =>
  (text: string) =>
    values.includes(text);
const wholeNumber = (least: number, most: number) => (text: string) =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
const dateTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/.test(text);

/** Others are not looked at. */
const rules: Readonly<Record<string, (text: string) => boolean>> = {
  per_page: wholeNumber(1, 100),
  page: wholeNumber(1, 1_000_000),
  orderby: oneOf("date", "id", "include", "title", "slug", "modified"),
  order: oneOf("asc", "desc"),
  dates_are_gmt: oneOf("true", "false", "1", "0"),
  ...{ after: dateTime, before: dateTime, modified_after: dateTime, modified_before: dateTime },
  status: (text) => text.split(",").every((one) => statuses.has(one)),
};

export function wrongParameter(query: URLSearchParams): Reply | null {
  for (const [name, isRight] of Object.entries(rules)) {
    const value = query.get(name);
    if (value !== null && !isRight(value)) return invalid(name, `${name} is not one of what it may be.`);
  }
  return null;
}

/** All that fit, in their order. */
export function found(orders: World<ShopOrder>, query: URLSearchParams, manner: ShopManner): Known<ShopOrder>[] {
  const fitting = [...orders.keys()].map((key) => orders.get(key)!).filter((order) => fits(order, query, manner));
  const sign = query.get("order") === "asc" ? 1 : -1;
  const place = { modified: (one: Known<ShopOrder>) => second(one.changedAt), id: ({ key }: Known<ShopOrder>) => key };
  const by = place[query.get("orderby") as keyof typeof place] ?? (({ item }: Known<ShopOrder>) => item.placedAt);
  return fitting.sort((one, other) => sign * (by(one) - by(other) || one.key - other.key));
}

/** Times are kept in seconds. */
const second = (ms: number) => Math.floor(ms / 1000);

function fits({ item, changedAt }: Known<ShopOrder>, query: URLSearchParams, manner: ShopManner): boolean {
  const wanted = (query.get("status") ?? "any").split(",");
  // "Any" is any that a search finds: what is in the bin, or not even begun, is not.
  const isWanted = wanted.includes("any") ? item.status !== "trash" : wanted.includes(item.status);
  return isWanted && isWithin(item.placedAt, "", query, manner) && isWithin(changedAt, "modified_", query, manner);
}

/** Held against the shop's own time unless it is said that they are in GMT. Neither end is included. */
function isWithin(ms: number, prefix: string, query: URLSearchParams, { offsetMinutes }: ShopManner): boolean {
  const isGmt = ["true", "1"].includes(query.get("dates_are_gmt") ?? "");
  const own = plainTime(ms, isGmt ? 0 : offsetMinutes);
  const [after, before] = [query.get(`${prefix}after`), query.get(`${prefix}before`)];
  return (
    (after === null || own > inShop(after, offsetMinutes)) && (before === null || own < inShop(before, offsetMinutes))
  );
}

/** WordPress turns a time with a zone into the shop's own, whatever it is then held against. */
function inShop(text: string, offsetMinutes: number): string {
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? plainTime(Date.parse(text), offsetMinutes) : text.slice(0, 19);
}
