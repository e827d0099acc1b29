/** Which shop is read, with which key, and in which currency its orders are taken. */
import { z } from "zod";
import { type Settings, type SettingsField, type SettingsForm } from "~/features/connectors/connector";

const OF_SHOPIFY = ".myshopify.com";
const handle = /^[a-z0-9][a-z0-9-]{0,98}$/;
const loopback = /^(?:localhost|127\.0\.0\.1)$/;

/**
 * People know their shop by the name in `hale-ceramics.myshopify.com`, or by the address of its admin. Its own domain is
 * none of these: what answers there is the shop's window. Null: it is neither.
 */
function shopAddress(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  if (handle.test(text)) return `https://${text}${OF_SHOPIFY}`;
  const written = /^[a-z]+:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  if (url.username !== "" || url.password !== "") return null;
  if (loopback.test(url.hostname)) return url.origin;
  return officialAddress(url);
}

function officialAddress({ protocol, hostname, pathname, port }: URL): string | null {
  if (protocol !== "https:" || port !== "") return null;
  const named = hostname === "admin.shopify.com" ? (/^\/store\/([^/]+)/.exec(pathname)?.[1] ?? "") : "";
  const name = named === "" && hostname.endsWith(OF_SHOPIFY) ? hostname.slice(0, -OF_SHOPIFY.length) : named;
  return handle.test(name) ? `https://${name}${OF_SHOPIFY}` : null;
}

const shop: SettingsField = {
  ...{ name: "shop", label: "Address of the shop", type: "address", identifies: true },
  hint: "The one that ends in .myshopify.com. In the shop’s admin it stands under Settings, Domains.",
};

const money: SettingsField = {
  ...{ name: "money", label: "Amounts", type: "choice", initial: "shop", advanced: true },
  hint: "They differ where a shop sells in several currencies. Choose what its tags send. Later, change the mapping.",
  choices: [
    { value: "shop", label: "In the shop’s own currency" },
    { value: "customer", label: "In the currency that the customer paid in" },
  ],
};

const client: readonly SettingsField[] = [
  {
    ...{ name: "clientId", label: "Client ID", type: "text" },
    hint: "Of an app made in Shopify’s Dev Dashboard by the firm that owns the shop, and installed in it.",
  },
  {
    ...{ name: "clientSecret", label: "Client secret", type: "secret" },
    hint: "The app needs the scope read_orders, and read_all_orders for what is older than 60 days.",
  },
];

/** Shops have made no new ones since 2026; those that there are stay good. */
const token: SettingsField = {
  ...{ name: "token", label: "Access token, instead of both", type: "secret" },
  hint: "Of an app that was made in the shop’s admin before 2026. It begins with shpat_.",
};

const shared = {
  shop: z
    .string("Enter the address of the shop.")
    .refine((typed) => shopAddress(typed) !== null, {
      error: "Enter the address of the shop that ends in .myshopify.com, as in hale-ceramics.myshopify.com.",
    })
    .transform((typed) => shopAddress(typed) ?? ""),
  money: z.enum(["shop", "customer"], "Choose in which currency orders are taken.").default("shop"),
};

const key = z
  .string()
  .trim()
  .max(500)
  .regex(/^[\w.-]*$/, "It has letters, digits, dots, hyphens and underscores only. Copy it once more.")
  .default("");

export const byKey: SettingsForm = {
  fields: [shop, ...client, token, money],
  schema: z.object({ ...shared, clientId: key, clientSecret: key, token: key }).superRefine((typed, context) => {
    const { clientId, clientSecret, token } = typed;
    const ask = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (clientId !== "" && clientSecret === "" && token === "") ask("clientSecret", "Enter the client secret, too.");
    if (clientId === "" && token === "") ask("clientId", "Enter an app’s client ID and secret, or an access token.");
  }),
};

export const byAgreeing: SettingsForm = { fields: [shop, money], schema: z.object(shared) };

/** Without a slash at the end. */
export function shopOf({ shop = "" }: Settings): string {
  return shopAddress(shop) ?? shop;
}

export type Money = "shop" | "customer";

export function moneyOf({ money }: Settings): Money {
  return money === "customer" ? "customer" : "shop";
}
