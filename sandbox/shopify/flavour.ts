/** How Shopify's authorization server differs from others, by its client (npm @shopify/shopify-api, lib/auth/oauth). */
import { createHmac } from "node:crypto";
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
  sendsBack: signed,
  people: ["ann.hale@hale-ceramics.example"],
};

/** It names the shop and says nothing of an issuer; all of it is signed with the app's secret. */
function signed(said: URLSearchParams, { secret, apiOrigin, at }: Parameters<NonNullable<Flavour["sendsBack"]>>[1]) {
  const all = new URLSearchParams(said);
  all.delete("iss");
  const { host } = new URL(apiOrigin);
  all.set("host", Buffer.from(`${host}/admin`).toString("base64url"));
  all.set("shop", host);
  all.set("timestamp", String(Math.floor(at.getTime() / 1_000)));
  all.sort();
  const text = [...all].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  all.set("hmac", createHmac("sha256", secret).update(text).digest("hex"));
  return all;
}
