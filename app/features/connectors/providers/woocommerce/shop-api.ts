/** How a shop is asked, and what its refusals mean. */
import {
  type Connection,
  GrantEnded,
  type Json,
  type JsonObject,
  OutOfOrder,
  Trouble,
} from "~/features/connectors/connector";
import {
  answerOf,
  brokenOff,
  isObject,
  quoted,
  type Refusal,
  type Speaker,
} from "~/features/connectors/reading/answers";
import { addressOf } from "~/features/connectors/providers/woocommerce/shop-settings";
import { signed } from "~/features/connectors/providers/woocommerce/signing";

/** The largest page. */
export const PAGE_SIZE = 100;

class NotAllowed extends Trouble {
  override name = "NotAllowed";
}

const shop: Speaker = { name: "The shop", troubleOf, wordsOf };

export interface OrderPage {
  entries: readonly JsonObject[];
  /** There are pages behind this one. */
  hasMore: boolean;
  /** When it was given, by the shop's clock; null: it does not say. */
  at: string | null;
}

interface Heard {
  body: Json;
  headers: Headers;
}

export async function orderPage(connection: Connection, query: Record<string, string>): Promise<OrderPage> {
  const { body, headers } = await ask(connection, "/wp-json/wc/v3/orders", query);
  if (!Array.isArray(body))
    throw new OutOfOrder("The shop answered without its list of orders. It is tried again by itself.");
  const entries = (body as readonly Json[]).filter(isObject);
  const at = Date.parse(headers.get("date") ?? "");
  return {
    entries,
    hasMore: hasMore(headers, { page: Number(query.page ?? 1), size: Number(query.per_page), found: body.length }),
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
  };
}

/** What the shop calls itself; null: it does not say. */
export async function shopName(connection: Connection): Promise<string | null> {
  const { name } = await about(connection, "name");
  return typeof name === "string" && name !== "" ? name : null;
}

/** Where its days begin, as the IANA calls it; null: it does not say, or is off by less than an hour. */
export async function shopZone(connection: Connection): Promise<string | null> {
  const { timezone_string: name, gmt_offset: hours } = await about(connection, "timezone_string,gmt_offset");
  if (typeof name === "string" && name !== "") return name;
  const offset = typeof hours === "string" ? Number(hours) : hours;
  if (typeof offset !== "number" || !Number.isInteger(offset)) return null;
  // Their sign says how far Greenwich is from there.
  return offset === 0 ? "UTC" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

/** In what it sells; null: the key may not see that. */
export async function shopCurrency(connection: Connection): Promise<string | null> {
  try {
    const { body } = await ask(connection, "/wp-json/wc/v3/data/currencies/current", { _fields: "code" });
    return isObject(body) && typeof body.code === "string" ? body.code : null;
  } catch (error) {
    if (error instanceof NotAllowed) return null;
    throw error;
  }
}

/** What everybody may know of the site. */
async function about(connection: Connection, fields: string): Promise<JsonObject> {
  const { body } = await ask(connection, "/wp-json/", { _fields: fields });
  return isObject(body) ? body : {};
}

/** Orders that the key may not see are left out of a page: a short one is not the last. Some proxies take the headers away. */
function hasMore(headers: Headers, { page, size, found }: { page: number; size: number; found: number }): boolean {
  const pages = Number(headers.get("x-wp-totalpages") ?? NaN);
  if (Number.isInteger(pages)) return page < pages;
  const link = headers.get("link");
  return link === null ? found >= size : /rel="?next"?/.test(link);
}

async function ask(connection: Connection, path: string, query: Record<string, string>): Promise<Heard> {
  const { settings, secrets } = connection;
  const address = `${addressOf(settings)}${path}?${new URLSearchParams(query).toString()}`;
  const key = { key: secrets.key ?? "", secret: secrets.secret ?? "" };
  const sent = signed("GET", address, key, connection.now());
  const { text, headers } = await answerOf(connection, shop, sent.address, { headers: sent.headers });
  try {
    return { body: JSON.parse(text) as Json, headers };
  } catch (error) {
    throw Object.assign(brokenOff(shop), { cause: error });
  }
}

function troubleOf({ status, body }: Refusal): Trouble | null {
  if (status === 401) return refusedKey(body);
  if (status === 403)
    return new NotAllowed(`The owner of the key may not read orders in the shop${quoted(wordsOf(body))}`);
  if (status !== 404) return null;
  return new Trouble(
    "There is no WooCommerce at this address that can be read. If the address is right, choose another kind than “Plain” in WordPress under Settings, Permalinks.",
  );
}

/** A wrong clock is refused like a wrong key, and said in words only. */
function refusedKey(body: Json): Trouble {
  const words = wordsOf(body);
  if (words !== null && /timestamp/i.test(words)) {
    return new Trouble(
      "The shop’s clock and this one are more than a quarter of an hour apart, so it refuses to answer.",
    );
  }
  if (words !== null && /nonce/i.test(words))
    return new OutOfOrder("The shop took a request twice. It is tried again by itself.");
  return new GrantEnded(
    `The shop does not accept the key: it was removed, has no permission to read, or its owner may not see orders. Enter a new one${quoted(words)}`,
  );
}

function wordsOf(body: Json): string | null {
  return isObject(body) && typeof body.message === "string" ? body.message : null;
}
