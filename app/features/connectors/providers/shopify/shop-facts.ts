/** What a shop says of itself, and how much of it we are shown. */
import { type Connection, type SystemFacts, Trouble } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { ask } from "~/features/connectors/providers/shopify/shopify-api";

const SHOP = `query Shop {
  shop { name myshopifyDomain currencyCode ianaTimezone }
  currentAppInstallation { accessScopes { handle } }
}`;

const COUNT = `query OrdersCount($filter: String, $limit: Int!) {
  ordersCount(query: $filter, limit: $limit) { count }
}`;

/** Without the scope for all, Shopify leaves out older orders and says nothing. */
const DAYS_SHOWN = 60;
const ORDERS = "read_orders";
const ALL_ORDERS = "read_all_orders";

interface Shop {
  name: string | null;
  domain: string | null;
  currency: string | null;
  timeZone: string | null;
  scopes: readonly string[];
}

async function shopAt(connection: Connection): Promise<Shop> {
  const { shop, currentAppInstallation: app } = (await ask(connection, SHOP)).data;
  const said = isObject(shop) ? shop : {};
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const scopes = isObject(app) && Array.isArray(app.accessScopes) ? app.accessScopes : [];
  return {
    ...{ name: text(said.name), domain: text(said.myshopifyDomain) },
    ...{ currency: text(said.currencyCode), timeZone: text(said.ianaTimezone) },
    scopes: scopes.flatMap((scope) => (isObject(scope) && typeof scope.handle === "string" ? [scope.handle] : [])),
  };
}

/** "Hale Ceramics (hale-ceramics.myshopify.com, EUR, Europe/Berlin)"; orders can be read without it. */
export async function whose(connection: Connection): Promise<string | null> {
  try {
    const shop = await shopAt(connection);
    const shown = shop.scopes.includes(ALL_ORDERS) ? null : `orders of the last ${DAYS_SHOWN} days`;
    const facts = [shop.domain, shop.currency, shop.timeZone, shown].filter((fact) => fact !== null);
    return shop.name && `${shop.name} (${facts.join(", ")})`;
  } catch (error) {
    if (error instanceof Trouble) return null;
    throw error;
  }
}

export async function factsOf(connection: Connection): Promise<SystemFacts> {
  const { currency, timeZone, scopes } = await shopAt(connection);
  return { currency, timeZone, daysShown: scopes.includes(ALL_ORDERS) ? null : DAYS_SHOWN };
}

export async function isShownEverything(connection: Connection): Promise<boolean> {
  return (await shopAt(connection)).scopes.includes(ALL_ORDERS);
}

/** @throws Trouble where orders may not be read */
export async function test(connection: Connection): Promise<void> {
  const { scopes } = await shopAt(connection);
  if (!scopes.includes(ORDERS) && !scopes.includes(ALL_ORDERS)) {
    throw new Trouble(
      "The app may not read orders: it needs the scope read_orders. Whoever runs the shop can give it.",
    );
  }
  await ask(connection, "query Try { orders(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } }");
}

/** Whether there are so many of these, without counting further. */
export async function hasSoMany(
  connection: Connection,
  { filter, count }: { filter: string; count: number },
): Promise<boolean> {
  const { ordersCount } = (await ask(connection, COUNT, { filter, limit: count })).data;
  const found = isObject(ordersCount) ? ordersCount.count : null;
  return typeof found === "number" && found >= count;
}
