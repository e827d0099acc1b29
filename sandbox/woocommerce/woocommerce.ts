/** What stands in for a shop made with WooCommerce: its orders, over the REST API v3. */
import {
  type Asked,
  type PageTrouble,
  type Reply,
  startStandIn,
  type StandIn,
  type StandInOptions,
} from "../frame/stand-in";
import { type World } from "../frame/world";
import { cannotView, manners, noRoute, nothing } from "./errors";
import { found, wrongParameter } from "./list";
import { type Calendar, ordersOf, resourceOf, type ShopManner, type ShopOrder } from "./orders";
import { type ShopKey, turnedAway } from "./signature";

export interface WooCommerceStandIn extends StandIn, ShopManner {
  name: string;
  orders: World<ShopOrder>;
  access: ShopKey;
  /** As if it were reached over https: then it takes the key itself. */
  isSecure: boolean;
  /** A proxy before it lets no headers of its own through. */
  hidesHeaders: boolean;
  /** Orders, by their numbers, that the owner of the key may not see. */
  hidden: Set<number>;
  /** As the IANA calls it; "": it only says how far it is from Greenwich. */
  zone: string;
  /** In what it sells; null: the owner of the key may not see settings. */
  currency: string | null;
}

interface WooCommerceOptions extends Omit<StandInOptions, "clock" | "isValid" | "looksItself"> {
  orders?: number;
  access?: Partial<ShopKey>;
  name?: string;
  manner?: Partial<ShopManner>;
  /** Absent: in October 2026. */
  calendar?: Calendar;
}

type Shop = Pick<
  WooCommerceStandIn,
  "name" | "orders" | "access" | "isSecure" | "hidesHeaders" | "hidden" | "zone" | "currency" | keyof ShopManner
> & {
  nonces: Set<string>;
  last: Reply | null;
};

export async function startWooCommerce({
  orders: count = 40,
  access = {},
  name = "Hale Tea",
  manner = {},
  calendar,
  ...options
}: WooCommerceOptions = {}): Promise<WooCommerceStandIn> {
  const orders = ordersOf(count, calendar);
  const shop: Shop = {
    ...{ orders, name, access: { key: `ck_${"a1".repeat(20)}`, secret: `cs_${"b2".repeat(20)}`, ...access } },
    ...{ decimals: 2, offsetMinutes: 120, ...manner },
    ...{ isSecure: false, hidesHeaders: false, hidden: new Set<number>(), zone: "", currency: "EUR" },
    ...{ nonces: new Set<string>(), last: null },
  };
  const reply = (asked: Asked, trouble: PageTrouble) => replyTo(shop, asked, trouble);
  const standIn = await startStandIn(reply, manners, { ...options, clock: orders.clock, looksItself: true });
  return Object.assign(shop, standIn);
}

function replyTo(shop: Shop, asked: Asked, trouble: PageTrouble): Reply {
  const { path, method, query } = asked;
  if (!path.startsWith("/wp-json/")) return nothing();
  if (path === "/wp-json/") return { status: 200, body: chosen(siteOf(shop, asked), query) };
  if (!routes.has(path) || method !== "GET") return noRoute();
  const { access: key, isSecure, nonces } = shop;
  const refusal =
    turnedAway(asked, { key, isSecure, nonces, now: shop.orders.clock().getTime() }) ?? wrongParameter(query);
  return refusal ?? answerTo(shop, asked, trouble);
}

const CURRENCY = "/wp-json/wc/v3/data/currencies/current";
const routes = new Set(["/wp-json/wc/v3/orders", CURRENCY]);

function answerTo(shop: Shop, asked: Asked, trouble: PageTrouble): Reply {
  if (asked.path === CURRENCY) return currencyOf(shop, asked);
  const isSame = trouble.takes("repeated-page") || trouble.takes("duplicate-page");
  if (isSame && shop.last) return shop.last;
  shop.last = listed(shop, asked);
  return shop.last;
}

function currencyOf({ currency }: Shop, { query }: Asked): Reply {
  if (currency === null) return cannotView(403);
  return { status: 200, body: chosen({ code: currency, name: currency, symbol: currency }, query) };
}

function siteOf({ name, offsetMinutes, zone }: Shop, { origin }: Asked) {
  return {
    ...{ name, description: "Leaves from four mountains", url: origin, home: origin, gmt_offset: offsetMinutes / 60 },
    ...{ timezone_string: zone, namespaces: ["wp/v2", "wc/v3"] },
  };
}

function listed(shop: Shop, { query, origin, path }: Asked): Reply {
  const all = found(shop.orders, query, shop);
  const [size, page] = [Number(query.get("per_page") ?? 10), Number(query.get("page") ?? 1)];
  const pages = Math.ceil(all.length / size);
  const shown = all.slice((page - 1) * size, page * size).filter(({ key }) => !shop.hidden.has(key));
  const link = (to: number, rel: string) => {
    const next = new URLSearchParams(query);
    next.set("page", String(to));
    return `<${origin}${path}?${next.toString()}>; rel="${rel}"`;
  };
  const links = [...(page > 1 ? [link(page - 1, "prev")] : []), ...(page < pages ? [link(page + 1, "next")] : [])];
  const headers = { "X-WP-Total": String(all.length), "X-WP-TotalPages": String(pages) };
  return {
    status: 200,
    headers: shop.hidesHeaders ? {} : { ...headers, ...(links.length > 0 ? { Link: links.join(", ") } : {}) },
    body: shown.map((order) => chosen(resourceOf(order, shop), query)),
  };
}

/** `_fields`, of all of WordPress's answers. */
function chosen(resource: Record<string, unknown>, query: URLSearchParams): Record<string, unknown> {
  const wanted = query.get("_fields")?.split(",");
  if (!wanted) return resource;
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.includes(name)));
}
