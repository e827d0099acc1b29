/**
 * Orders of a Shopify shop, read through its Admin API (GraphQL, version 2026-07).
 *
 * Sources: the official schema of that version as npm @shopify/dev-mcp has it (fields, arguments; bulk operations:
 * `groupObjects` is false unless asked for, a file is good for seven days, `url` is null where there is nothing; `orders`
 * leaves out what is older than 60 days without `read_all_orders`; `originalTotalPriceSet` is the total when the order was
 * made); recorded answers with `extensions.cost.throttleStatus`; npm @shopify/shopify-api, lib/auth/oauth (addresses, body,
 * comma between scopes, the header `X-Shopify-Access-Token`, no PKCE); shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
 * (points, THROTTLED with status 200); shopify.dev/docs/api/usage/limits (25,000 by one search, however many pages). Since
 * January 2026 apps are made in the Dev Dashboard and have an id and a secret, but no lasting token
 * (community.shopify.dev/t/legacy-custom-apps-workaround/32032): where the app's owner owns the shop, too, these get one for
 * a day by the client credentials grant, at the address of OAuth's tokens.
 *
 * Not verified against a live shop: what `totalShippingPriceSet` says after a discount on shipping; whether tax and discount
 * are changed by an edit (of the total, the original is taken); what a query like ours costs (fewer orders are asked for when
 * it is too much); that files are sent in pieces (a whole one is lived with); that the address of tokens takes a form as
 * well as JSON; the apps behind numbers in `sourceName` but for three of Shopify's own; whether payments always touch
 * `updatedAt`; the codes `app_not_installed` and `shop_not_permitted` (told by users). Nothing tells which orders were
 * deleted (only tests, cancelled and archived ones can be): a whole reading does, where nothing is kept from us; then
 * everything is read once a month.
 *
 * A provider has one way of access, so there are two in the catalogue, alike in everything else.
 */
import { type Provider, type Stream } from "~/features/connectors/connector";
import { logo } from "~/features/connectors/providers/shopify/logo";
import { cellsOf } from "~/features/connectors/providers/shopify/order-cells";
import { fieldsOf } from "~/features/connectors/providers/shopify/order-fields";
import { readOrders } from "~/features/connectors/providers/shopify/read-orders";
import { factsOf, test, whose } from "~/features/connectors/providers/shopify/shop-facts";
import { byAgreeing, byKey, shopOf } from "~/features/connectors/providers/shopify/shop-settings";
import { isSignedByShopify } from "~/features/connectors/providers/shopify/signed-return";

const orders: Stream = {
  id: "orders",
  noun: { one: "order", many: "orders" },
  subject: "orders",
  changes: true,
  // Said page by page: without the scope for all, older orders are not shown and not gone.
  wholeTellsGone: false,
  hasStart: true,
  startsWith: "were placed",
};

const shared = {
  category: "shops",
  words: ["shop", "orders", "e-commerce", "store", "sales"],
  logo,
  help: "https://help.shopify.com/manual/apps/app-types/custom-apps",
  streams: [orders],
  whose,
  facts: factsOf,
  test,
  discover: (connection) => Promise.resolve(fieldsOf(connection.settings)),
  read: (connection, reading) => readOrders(connection, reading),
  cellsOf: (_streamId, payload) => cellsOf(payload),
} satisfies Partial<Provider>;

export const shopify: Provider = {
  ...shared,
  id: "shopify",
  name: "Shopify",
  way: "with a key",
  reads: "The orders of a Shopify shop, with what was paid, paid back and cancelled.",
  needs: "Client ID and secret of an app that the shop’s owner makes at Shopify, or an access token from before 2026.",
  settings: byKey,
  access: { kind: "key" },
};

export const shopifyApp: Provider = {
  ...shared,
  id: "shopify-app",
  name: "Shopify",
  way: "by agreeing",
  reads: "The orders of a Shopify shop, with what was paid, paid back and cancelled.",
  needs: "Somebody who may install apps in the shop. Nothing has to be made at Shopify for it.",
  settings: byAgreeing,
  access: {
    kind: "oauth",
    endpoints: (settings) => ({
      authorize: `${shopOf(settings)}/admin/oauth/authorize`,
      token: `${shopOf(settings)}/admin/oauth/access_token`,
      revoke: null,
    }),
    scopes: ["read_orders"],
    scopeSeparator: ",",
    clientAuthentication: "body",
    tokenHeader: "x-shopify-access-token",
    isSigned: isSignedByShopify,
    clientPrefix: "SHOPIFY_APP",
  },
};
