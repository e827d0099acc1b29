/** How Shopify's authorization server differs from others, by its client (npm @shopify/shopify-api, lib/auth/oauth). */
import { type Flavour } from "../oauth/flavour";

export const shopifyFlavour: Flavour = {
  name: "shopify-app",
  title: "Shopify",
  paths: { authorize: "/admin/oauth/authorize", token: "/admin/oauth/access_token", revoke: null },
  scopes: ["read_orders", "read_all_orders"],
  bodyOnly: true,
  // An app's token for when nobody is there has no end, and the answer says none.
  tokenSeconds: 10 * 365 * 24 * 60 * 60,
  rotation: "none",
  revocationNeedsClient: false,
  revokesAll: true,
  isRefreshable: () => false,
  answer: ({ access_token }, { scopes }) => ({ access_token, scope: scopes.join(",") }),
  refusal: ({ error, error_description }) => ({ error, error_description }),
  people: ["ann.hale@hale-ceramics.example"],
};
