/** What the stand-in for Shopify refuses, as the official schema of the pinned version and its documents say. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ShopifyStandIn, startShopify } from "./shopify";

let standIn: ShopifyStandIn;
beforeEach(async () => {
  standIn = await startShopify({ orders: 30, isValid: (token) => token === "shpat_good" });
});
afterEach(() => standIn.close());

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[] | string;
  extensions?: { cost: { requestedQueryCost: number; throttleStatus: Record<string, number> } };
}

async function ask(query: string, variables: object = {}, token = "shpat_good") {
  const response = await fetch(`${standIn.url}/admin/api/2026-07/graphql.json`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-shopify-access-token": token },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

const firstError = ({ errors }: Answer) => (typeof errors === "string" ? errors : errors?.[0]?.message);
const page = "pageInfo { hasNextPage endCursor }";

describe("a query at Shopify's", () => {
  test.each([
    ["a field that orders do not have", `{ orders(first: 1) { nodes { totalPaid } } }`, /query field "totalPaid"/],
    ["an argument that there is not", `{ orders(first: 1, status: OPEN) { nodes { id } } }`, /argument "status"/],
    ["an object without its parts", `{ orders(first: 1) { nodes { originalTotalPriceSet } } }`, /subfields/],
    ["a sort key of another list", `{ orders(first: 1, sortKey: TITLE) { nodes { id } } }`, /TITLE/],
    ["a list without its size", `{ orders { nodes { id } } }`, /first or last/],
    ["more than a page has", `{ orders(first: 251) { nodes { id } } }`, /cannot exceed 250/],
    ["a search for what cannot be searched", `{ orders(first: 1, query: "colour:red") { nodes { id } } }`, /colour/],
    ["half a query", `{ orders(first: 1`, /Syntax Error/],
  ])("with %s is refused, with status 200", async (_what, query, words) => {
    const answer = await ask(query);
    expect(answer.status).toBe(200);
    expect(firstError(answer)).toMatch(words);
  });

  test("of too many points is refused at once, and costs nothing", async () => {
    standIn.orders.stoppedAt = "2026-03-01T09:00:00Z";
    const transactions = "transactions(first: 100) { id }";
    const answer = await ask(`{ orders(first: 100) { nodes { id ${transactions} } } }`);
    expect(answer.errors).toMatchObject([{ extensions: { code: "MAX_COST_EXCEEDED", maxCost: 1_000 } }]);
    const { extensions } = await ask("{ shop { name } }");
    expect(extensions?.cost).toMatchObject({ requestedQueryCost: 1, throttleStatus: { currentlyAvailable: 19_999 } });
  });

  test("waits for points that come back by the clock", async () => {
    await standIn.close();
    standIn = await startShopify({ plan: { maximum: 100, restoredPerSecond: 10 } });
    standIn.orders.stoppedAt = "2026-03-01T09:00:00Z";
    const ninety = () => ask(`{ orders(first: 90) { nodes { id } } }`);
    expect((await ninety()).errors).toBeUndefined();
    expect(await ninety()).toMatchObject({ status: 200, errors: [{ extensions: { code: "THROTTLED" } }] });
    standIn.orders.stoppedAt = "2026-03-01T09:00:10Z";
    expect((await ninety()).errors).toBeUndefined();
  });

  test("is asked with the header of Shopify's own, not as a bearer", async () => {
    const answer = await ask("{ shop { name } }", {}, "shpat_wrong");
    expect(answer).toMatchObject({ status: 401, errors: expect.stringMatching(/^\[API\] Invalid API key/) });
    const bearer = await fetch(`${standIn.url}/admin/api/2026-07/graphql.json`, {
      ...{ method: "POST", headers: { authorization: "Bearer shpat_good" }, body: "{}" },
    });
    expect(bearer.status).toBe(401);
  });

  test("of another version is none", async () => {
    const response = await fetch(`${standIn.url}/admin/api/2019-07/graphql.json`, {
      ...{ method: "POST", headers: { "x-shopify-access-token": "shpat_good" }, body: "{}" },
    });
    expect(response.status).toBe(404);
  });

  test("turns pages by cursors that are good for one order only", async () => {
    const list = (sort: string, after: string | null) =>
      ask(`query($after: String) { orders(first: 20, after: $after, sortKey: ${sort}) { nodes { id } ${page} } }`, {
        after,
      });
    const first = (await list("ID", null)).data as { orders: { pageInfo: { endCursor: string } } };
    const { endCursor } = first.orders.pageInfo;
    expect((await list("ID", endCursor)).data).toMatchObject({ orders: { pageInfo: { hasNextPage: false } } });
    expect(firstError(await list("UPDATED_AT", endCursor))).toMatch(/Invalid cursor/);
  });
});

describe("a file of orders at Shopify's", () => {
  const answers = "bulkOperation { id status } userErrors { code message }";
  const run = (query: string) =>
    ask(`mutation($query: String!) { bulkOperationRunQuery(query: $query) { ${answers} } }`, { query });
  const look = (id: string) => ask(`query($id: ID!) { bulkOperation(id: $id) { status url rootObjectCount } }`, { id });
  const orders = `{ orders(query: "id:>5402117300020") { edges { node { id name } } } }`;

  const begun = async (query = orders) => {
    const { data } = await run(query);
    return data as {
      bulkOperationRunQuery: { bulkOperation: { id: string } | null; userErrors: { code: string; message: string }[] };
    };
  };

  test("is made while others wait, and lies where pieces of it can be fetched without a token", async () => {
    const id = (await begun()).bulkOperationRunQuery.bulkOperation!.id;
    expect((await begun()).bulkOperationRunQuery.userErrors).toMatchObject([{ code: "OPERATION_IN_PROGRESS" }]);
    expect((await look(id)).data).toMatchObject({ bulkOperation: { status: "RUNNING", url: null } });
    const { bulkOperation } = (await look(id)).data as { bulkOperation: { url: string; rootObjectCount: string } };
    expect(bulkOperation).toMatchObject({ status: "COMPLETED", rootObjectCount: "10" });
    const whole = await (await fetch(bulkOperation.url)).text();
    expect(whole.split("\n").filter(Boolean)).toHaveLength(10);
    const piece = await fetch(bulkOperation.url, { headers: { range: "bytes=0-19" } });
    expect([piece.status, piece.headers.get("content-range")]).toEqual([206, `bytes 0-19/${whole.length}`]);
    expect(await piece.text()).toBe(whole.slice(0, 20));
    const told = await fetch(bulkOperation.url, { headers: { "x-shopify-access-token": "shpat_good" } });
    expect(told.status).toBe(400);
  });

  test("of nothing has no address", async () => {
    const id = (await begun(`{ orders(query: "id:>5402117300999") { edges { node { id } } } }`)).bulkOperationRunQuery
      .bulkOperation!.id;
    await look(id);
    expect((await look(id)).data).toMatchObject({ bulkOperation: { status: "COMPLETED", url: null } });
  });

  test.each([
    ["what the schema does not have", `{ orders { edges { node { totalPaid } } } }`],
    ["no list", `{ shop { name } }`],
  ])("of %s is not made", async (_what, query) => {
    expect((await begun(query)).bulkOperationRunQuery).toMatchObject({
      bulkOperation: null,
      userErrors: [{ code: "INVALID" }],
    });
  });
});
