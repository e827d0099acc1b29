/** How one gets into a shop at Shopify: where it is, and by which key. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ShopifyStandIn, startShopify } from "../../../../../sandbox/shopify/shopify";
import { GrantEnded } from "~/features/connectors/connector";
import { shopify } from "~/features/connectors/providers/shopify/shopify";
import { connectTo } from "~/testing/connect-to";

let standIn: ShopifyStandIn;
beforeEach(async () => {
  standIn = await startShopify({ orders: 1 });
});
afterEach(() => standIn.close());

describe("the key to a shop", () => {
  const withClient = (clientSecret: string) =>
    connectTo({
      bases: {},
      settings: { shop: standIn.url, money: "shop", clientId: standIn.client.id },
      secrets: { clientSecret },
    });

  test("is a token for a day, which an app of the shop's own gets once for each connection", async () => {
    const connection = withClient(standIn.client.secret);
    await shopify.test(connection);
    expect(await shopify.whose(connection)).toMatch(/^Hale Ceramics/);
    const tokens = standIn.asked.filter(({ path }) => path === "/admin/oauth/access_token");
    expect(tokens.map(({ body }) => new URLSearchParams(body).get("grant_type"))).toEqual(["client_credentials"]);
  });

  test("that is not accepted ends the agreement, in words", async () => {
    await expect(shopify.test(withClient("shpss_of_another"))).rejects.toThrow(GrantEnded);
    await expect(shopify.test(withClient("shpss_of_another"))).rejects.toThrow(
      /client ID and secret(: “.+”)?\. Copy both anew from the app’s page at Shopify, and enter them here\.$/,
    );
    standIn.isInstalled = false;
    await expect(shopify.test(withClient(standIn.client.secret))).rejects.toThrow(/not installed in the shop/);
  });

  const judged = (typed: object) => shopify.settings!.schema.safeParse({ shop: "hale-ceramics", ...typed });

  test.each([
    [{ clientId: "0a1b", clientSecret: "shpss_2c3d" }, true],
    [{ token: "shpat_0a1b" }, true],
    [{ clientId: "0a1b" }, false],
    [{ clientSecret: "shpss_2c3d" }, false],
    [{ token: "shpat 0a1b" }, false],
    [{}, false],
  ])("%j is enough: %s", (typed, isEnough) => {
    expect(judged(typed).success).toBe(isEnough);
  });
});

describe("where a shop is", () => {
  const judged = (shop: string) => shopify.settings!.schema.safeParse({ shop, token: "shpat_0a1b" });

  test.each([
    ["hale-ceramics"],
    ["hale-ceramics.myshopify.com"],
    ["https://Hale-Ceramics.myshopify.com/admin/orders"],
    ["https://admin.shopify.com/store/hale-ceramics/orders?status=open"],
  ])("%s is told", (typed) => {
    expect(judged(typed).data).toMatchObject({ shop: "https://hale-ceramics.myshopify.com", money: "shop" });
  });

  test.each([
    ["https://hale-ceramics.example"],
    ["http://hale-ceramics.myshopify.com"],
    ["https://myshopify.com.evil.example"],
    ["https://evil.example/.myshopify.com"],
    ["https://a@hale-ceramics.myshopify.com"],
    ["https://admin.shopify.com/settings"],
  ])("%s is none", (typed) => {
    expect(judged(typed).success).toBe(false);
  });
});
