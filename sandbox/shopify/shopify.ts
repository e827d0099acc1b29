/** A stand-in for a shop's Admin API (GraphQL) at Shopify, as far as orders are read from it. */
import {
  type Asked,
  type Manners,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { World } from "../frame/world";
import { answered, API_VERSION, type Asking, parsed, refusal } from "./admin-schema";
import { Bucket, costOf, MOST_AT_ONCE, type Plan } from "./cost";
import { type BulkMood, Bulks, usualMood } from "./bulk";
import { matching, ordersPage, type OrdersArguments } from "./listing";
import { type Calendar, sampleOrder, type SampleOrder, SHOP_CURRENCY } from "./orders";
import { type Apps, type Client, Tokens } from "./tokens";

export interface ShopifyStandIn extends StandIn, Apps {
  orders: World<SampleOrder>;
  /** What the token may read. */
  scopes: string[];
  bulk: BulkMood;
}

export interface ShopifyOptions extends Omit<StandInOptions, "clock" | "looksItself"> {
  orders?: number;
  scopes?: readonly string[];
  /** Absent: all were placed in one night of March 2025. */
  calendar?: Calendar;
  plan?: Plan;
  client?: Client;
}

interface Shop extends Pick<ShopifyStandIn, "orders" | "scopes" | "bulk"> {
  world: World<SampleOrder>;
  bulks: Bulks;
  bucket: Bucket;
}

export const usualClient: Client = { id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", secret: "shpss_of_hale_ceramics" };

/** As with Shopify Plus. */
const ofPlus: Plan = { maximum: 20_000, restoredPerSecond: 1_000 };

export async function startShopify({
  orders: count = 120,
  scopes = ["read_orders", "read_all_orders"],
  plan = ofPlus,
  client = usualClient,
  calendar,
  isValid = () => true,
  ...options
}: ShopifyOptions = {}): Promise<ShopifyStandIn> {
  const world = new World(count, (key) => sampleOrder(key, calendar));
  const state = { orders: world, world, scopes: [...scopes], bulk: { ...usualMood }, client, isInstalled: true };
  const tokens = new Tokens(state);
  const shop: Shop = {
    ...state,
    bulks: new Bulks(state, state.bulk),
    bucket: new Bucket(plan, () => world.clock().getTime()),
  };
  const reply = async (asked: Asked, trouble: PageTrouble): Promise<Reply> => {
    const open = shop.bulks.file(asked) ?? tokens.reply(asked, state.scopes);
    if (open) return open;
    const token = asked.headers["x-shopify-access-token"];
    const isLetIn = typeof token === "string" && (tokens.has(token) || (await isValid(token)));
    return isLetIn ? replyTo({ ...shop, scopes: state.scopes }, asked, trouble) : manners(shop).unauthorised(asked);
  };
  const standIn = await startStandIn(reply, manners(shop), { ...options, clock: world.clock, looksItself: true });
  return Object.assign(state, standIn);
}

const said = (status: number, errors: string, headers: Record<string, string> = {}): Reply => ({
  ...{ status, headers, body: { errors } },
});

function manners({ bucket }: Pick<Shop, "bucket">): Manners {
  return {
    throttled: () => ({
      status: 200,
      body: {
        errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
        extensions: {
          cost: {
            ...bucket.status(552, null),
            throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 52, restoreRate: 100 },
          },
        },
      },
    }),
    failed: () => said(500, "Internal Server Error"),
    unauthorised: () => said(401, "[API] Invalid API key or access token (unrecognized login or wrong password)"),
    forbidden: () => ({
      status: 200,
      body: { errors: [errorOf(refusal("Access denied for orders field.", "ACCESS_DENIED"))], data: null },
    }),
    headers: () => ({ "X-Shopify-API-Version": API_VERSION, "X-Request-Id": "0f6c5c1a-8f0e-4c1e-9d6e-1b7d3d0a4a11" }),
  };
}

const errorOf = ({ message, extensions }: { message: string; extensions: object }) => ({ message, extensions });

function replyTo(shop: Shop, asked: Asked, trouble: PageTrouble): Reply {
  if (asked.path !== `/admin/api/${API_VERSION}/graphql.json`) return said(404, "Not Found");
  if (asked.method !== "POST") return said(405, "Method Not Allowed");
  const asking = askingIn(asked.body);
  if (!asking) return said(400, "Bad Request");
  const judged = parsed(asking.query);
  if (!judged.ok) {
    return {
      status: 200,
      body: { errors: judged.errors.map(({ message }) => ({ message, extensions: { code: "undefinedField" } })) },
    };
  }
  const cost = costOf(judged.document, asking.variables ?? {});
  if (cost > MOST_AT_ONCE) return tooMuch(cost);
  if (!shop.bucket.spend(cost)) {
    const errors = [{ message: "Throttled", extensions: { code: "THROTTLED" } }];
    return { status: 200, body: { errors, extensions: { cost: shop.bucket.status(cost, null) } } };
  }
  const { data, errors } = answered(judged.document, rootOf(shop, asked, trouble), asking.variables);
  const body = { data, ...(errors?.length ? { errors: errors.map(errorOf) } : {}) };
  return { status: 200, body: { ...body, extensions: { cost: shop.bucket.status(cost, cost) } } };
}

function tooMuch(cost: number): Reply {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_AT_ONCE}).`;
  return {
    status: 200,
    body: { errors: [errorOf(refusal(message, "MAX_COST_EXCEEDED", { cost, maxCost: MOST_AT_ONCE }))] },
  };
}

function askingIn(body: string): Asking | null {
  try {
    const found = JSON.parse(body) as Partial<Asking>;
    return typeof found.query === "string" ? { variables: {}, ...found, query: found.query } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What stands for the fields at the top. */
function rootOf(shop: Shop, { origin }: Asked, trouble: PageTrouble): object {
  return {
    shop: {
      ...{ id: "gid://shopify/Shop/65432100", name: "Hale Ceramics", myshopifyDomain: "hale-ceramics.myshopify.com" },
      ...{ currencyCode: SHOP_CURRENCY, ianaTimezone: "Europe/Berlin", email: "office@hale-ceramics.example" },
    },
    currentAppInstallation: {
      id: "gid://shopify/AppInstallation/1",
      accessScopes: shop.scopes.map((handle) => ({ handle, description: handle })),
    },
    orders: (given: OrdersArguments) => ordersPage(shop, given, trouble),
    ordersCount: ({ query, limit }: { query?: string | null; limit?: number | null }) => {
      const count = [...matching(shop, { query, sortKey: "ID" })].length;
      const isMore = typeof limit === "number" && count > limit;
      return { count: isMore ? limit : count, precision: isMore ? "AT_LEAST" : "EXACT" };
    },
    bulkOperation: ({ id }: { id: string }) => shop.bulks.look(id, origin),
    bulkOperationRunQuery: (given: { query: string }) => shop.bulks.run(given),
  };
}
