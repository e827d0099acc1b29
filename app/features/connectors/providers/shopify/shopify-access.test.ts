/** From an agreement at Shopify to a shop's orders: the token goes to the shop, in Shopify's own header, and nowhere else. */
import { expect, test } from "vitest";
import { startOAuthSandbox } from "../../../../../sandbox/oauth/server";
import { shopifyFlavour } from "../../../../../sandbox/shopify/flavour";
import { startShopify } from "../../../../../sandbox/shopify/shopify";
import { beginConnecting, finishConnecting } from "~/features/connectors/access/connect.server";
import { connectionFor } from "~/features/connectors/access/connection.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { spendRequest } from "~/features/connectors/access/oauth-requests.server";
import { type Json, Throttled } from "~/features/connectors/connector";
import { createConnector } from "~/features/connectors/create-connector.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { shopifyApp } from "~/features/connectors/providers/shopify/shopify";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { agree } from "~/testing/agree";
import { readAll } from "~/testing/connect-to";
import { given } from "~/testing/given";
import { installationOf } from "~/testing/given-connectors";

async function opened() {
  let isValid: (token: string) => Promise<boolean> = () => Promise.resolve(false);
  const standIn = await startShopify({ orders: 2_400, isValid: (token) => isValid(token) });
  const sandbox = await startOAuthSandbox(shopifyFlavour, { apiOrigin: standIn.url });
  isValid = async (token) => (await sandbox.holderOf(token)) !== null;
  const env = {
    appOrigin: "http://localhost:4800",
    providers: {
      clients: new Map([["SHOPIFY_APP", { id: sandbox.clientId, secret: sandbox.clientSecret }]]),
      addresses: new Map([["shopify-app.oauth", sandbox.origin]]),
      sandboxOrigins: new Set([sandbox.origin, standIn.url]),
      taps: [],
    },
  };
  return { standIn, sandbox, env, close: () => Promise.all([standIn.close(), sandbox.close()]) };
}

const { signal } = new AbortController();

/** Somebody agrees, and is sent back. */
async function sentBack(scope: Scope, { standIn, env }: Awaited<ReturnType<typeof opened>>) {
  const provider = shopifyApp;
  if (!isOAuth(provider)) throw new Error("Nobody is asked to agree");
  const settings = { shop: standIn.url, money: "shop" };
  const id = await createConnector(scope, provider, "The shop", { settings });
  const known = async () => (await findConnector(scope, id))!;
  const holder = { sessionId: newId() };
  const begun = await beginConnecting(scope, { connector: await known(), provider, env, holder });
  if (!begun.ok) throw new Error(begun.reason);
  const callback = await agree(begun.address);
  const state = callback.searchParams.get("state") ?? "";
  const spent = { provider: provider.id, state, linkToken: null, ...holder };
  const request = (await spendRequest(installationOf(scope), spent))!;
  return { known, back: { connector: await known(), provider, env, request, callback, linkToken: null, signal } };
}

async function agreedTo(scope: Scope, house: Awaited<ReturnType<typeof opened>>) {
  const { known, back } = await sentBack(scope, house);
  expect(await finishConnecting(installationOf(scope), scope, back)).toMatchObject({ ok: true });
  const reaching = { ...back, connector: await known() };
  return { connector: reaching.connector, connection: await connectionFor(scope, reaching) };
}

test("an agreement leads to the shop's orders, by pages and by a file that is fetched without the token", async () => {
  const scope = await given.scope("sqlite", "admin");
  const house = await opened();
  try {
    const { connector, connection } = await agreedTo(scope, house);
    expect(connector.whose).toMatch(/^Hale Ceramics \(hale-ceramics\.myshopify\.com, EUR, Europe\/Berlin/);
    await shopifyApp.test(connection);
    const fields = ["name", "total"];
    // The file is not done at the first look: the engine would come back, as here.
    const how = { kind: "whole", start: null } as const;
    let after: Json = null;
    const found = new Set<string>();
    const read = async () => {
      for await (const page of shopifyApp.read(connection, { streamId: "orders", fields, how, after })) {
        after = page.after;
        for (const { id } of page.records) found.add(id);
      }
    };
    await expect(read()).rejects.toThrow(Throttled);
    await read();
    expect(found.size).toBe(2_400);
    expect(house.standIn.asked.some(({ path }) => path.startsWith("/bulk/"))).toBe(true);
    await expect(connection.fetch("https://elsewhere.example/orders")).rejects.toThrow(/Nothing was sent there/);
  } finally {
    await house.close();
  }
});

test("a token that is taken back ends the agreement, in words", async () => {
  const scope = await given.scope("sqlite", "admin");
  const house = await opened();
  try {
    const { connection } = await agreedTo(scope, house);
    house.sandbox.revoke();
    await expect(readAll(shopifyApp, connection, { fields: ["name"] })).rejects.toMatchObject({ name: "GrantEnded" });
  } finally {
    await house.close();
  }
});

test("what Shopify has not signed is not used, whoever knows the state", async () => {
  const scope = await given.scope("sqlite", "admin");
  const house = await opened();
  try {
    const { back } = await sentBack(scope, house);
    const callback = new URL(back.callback);
    callback.searchParams.set("code", "of-another-shop");
    const finished = await finishConnecting(installationOf(scope), scope, { ...back, callback });
    expect(finished).toEqual({ ok: false, problem: { kind: "other-issuer" } });
    expect(house.sandbox.tokenRequests).toEqual([]);
  } finally {
    await house.close();
  }
});
