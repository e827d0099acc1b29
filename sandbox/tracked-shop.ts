/** A shop of WooCommerce, and what Google Analytics has tracked of it and of other shops. */
import { type Sale } from "./frame/sale";
import { startGa4 } from "./ga4/ga4";
import { trackedOf } from "./ga4/tracked";
import { type OAuthSandbox } from "./oauth/server";
import { salesOf } from "./woocommerce/orders";
import { startWooCommerce } from "./woocommerce/woocommerce";

/** One every forty minutes, day and night, up to about now. */
const ORDERS = 1_200;
const STEP_MS = 40 * 60_000;
const ZONE = "Europe/Berlin";

interface TrackedShop {
  /** As the environment has them. */
  addresses: string[];
  /** What a person has to type in, by what it is for. */
  toType: { what: string; texts: readonly string[] }[];
}

/**
 * Analytics are read with a key, or by whoever signs in at Google. `others`: by the id of a further property, what its shop
 * is called and has sold.
 */
export async function startTrackedShop(
  google: OAuthSandbox,
  others: Readonly<Record<string, { shop: string; sales: readonly Sale[] }>> = {},
): Promise<TrackedShop> {
  const calendar = { firstAt: new Date().getTime() - ORDERS * STEP_MS, stepMs: STEP_MS };
  const shop = await startWooCommerce({ orders: ORDERS, calendar });
  const analytics = await startGa4({
    events: trackedOf(salesOf(shop.orders), ZONE),
    property: { zone: ZONE },
    isValid: async (token) => (await google.holderOf(token)) !== null,
  });
  const shops = [[analytics.property.id, { shop: shop.name }] as const, ...Object.entries(others)];
  for (const [property, { sales }] of Object.entries(others)) analytics.more.set(property, trackedOf(sales, ZONE));
  const properties = shops.map(([property, { shop }]) => `property ${property} (${shop})`);
  const { key, secret } = shop.access;
  return {
    addresses: [
      `woocommerce.shop=${shop.url}`,
      ...[`ga4.data=${analytics.url}`, `ga4.token=${analytics.url}`],
      ...[`ga4-google.data=${analytics.url}`, `ga4-google.oauth=${google.origin}`],
    ],
    toType: [
      { what: "WooCommerce, for Connectors", texts: [shop.url, `consumer key ${key}`, `consumer secret ${secret}`] },
      {
        what: "Google Analytics 4, for Connectors",
        texts: [...properties, `key ${JSON.stringify(JSON.parse(analytics.account.file))}`],
      },
    ],
  };
}
