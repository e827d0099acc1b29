/**
 * Orders of a shop made with WooCommerce, read through its REST API v3.
 *
 * Sources: woocommerce.github.io/woocommerce-rest-api-docs ("Authentication", "List all orders", "Order properties");
 * woocommerce/woocommerce, class-wc-rest-authentication.php (Basic is looked at over https only; over http a signature of OAuth
 * 1.0a whose time is no more than 15 minutes away, each nonce once), class-wc-rest-crud-controller.php (`modified_after` is
 * held against the shop's own time unless `dates_are_gmt`; orders that may not be seen are left out of a page; ties are
 * broken by id); wordpress-develop, class-wp-date-query.php (a time with a zone is turned into the shop's own;
 * "after" does not include the moment itself). At least WooCommerce 5.8, which brought `modified_after`.
 *
 * Not verified against a live shop: that taking an order to the bin counts as a change of it, with either kind of storage of
 * orders (else the reading of everything tells it within a month); that `any` leaves out the bin; that a key whose owner may
 * not see settings is refused the currency with 403.
 */
import { type Connection, type Provider, type SystemFacts, Trouble } from "~/features/connectors/connector";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { logo } from "~/features/connectors/providers/woocommerce/logo";
import { cellsOf } from "~/features/connectors/providers/woocommerce/order-cells";
import { orderFields } from "~/features/connectors/providers/woocommerce/order-fields";
import { readOrders } from "~/features/connectors/providers/woocommerce/read-orders";
import { orderPage, shopCurrency, shopName, shopZone } from "~/features/connectors/providers/woocommerce/shop-api";
import { addressOf, settings } from "~/features/connectors/providers/woocommerce/shop-settings";

export const woocommerce: Provider = {
  id: "woocommerce",
  name: "WooCommerce",
  category: "shops",
  reads: "The orders of a shop, with what they came to, how they were paid and what was given back.",
  needs: "Somebody who may make a key in WordPress under WooCommerce, Settings, Advanced, REST API.",
  words: ["wordpress", "woo", "shop", "orders", "e-commerce"],
  logo,
  help: "https://woocommerce.com/document/woocommerce-rest-api/",
  settings,
  access: { kind: "key" },
  streams: [
    {
      id: "orders",
      noun: { one: "order", many: "orders" },
      subject: "orders",
      changes: true,
      wholeTellsGone: true,
      hasStart: true,
      startsWith: "were placed",
    },
  ],
  whose,
  facts,
  test: async (connection) => {
    await orderPage(connection, { per_page: "1", _fields: "id" });
  },
  discover: () => Promise.resolve([...orderFields]),
  read: (connection, reading) => worthTaking(readOrders(connection, reading)),
  cellsOf: (_streamId, payload) => cellsOf(payload),
};

async function facts(connection: Connection): Promise<SystemFacts> {
  const timeZone = await shopZone(connection);
  return { timeZone, currency: await shopCurrency(connection), daysShown: null };
}

/** Orders can be read without it. */
async function whose(connection: Connection): Promise<string | null> {
  const { host } = new URL(addressOf(connection.settings));
  try {
    const name = await shopName(connection);
    return name === null ? host : `${name} (${host})`;
  } catch (error) {
    if (error instanceof Trouble) return host;
    throw error;
  }
}
