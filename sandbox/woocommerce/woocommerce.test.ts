import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specification } from "~/testing/check-schema";
import { startWooCommerce, type WooCommerceStandIn } from "./woocommerce";

const documented = specification("woocommerce/orders_list.docs-example.json");

let standIn: WooCommerceStandIn;
beforeAll(async () => {
  standIn = await startWooCommerce({ orders: 25 });
  standIn.isSecure = true;
});
afterAll(() => standIn.close());

async function ask(query: Record<string, string>, key = `${standIn.access.key}:${standIn.access.secret}`) {
  const response = await fetch(`${standIn.url}/wp-json/wc/v3/orders?${new URLSearchParams(query).toString()}`, {
    headers: { authorization: `Basic ${Buffer.from(key).toString("base64")}` },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
}

/** Names and kinds of values, one level deep. */
function shapeOf(order: object) {
  return Object.entries(order)
    .map(
      ([name, value]) => `${name}: ${Array.isArray(value) ? "array" : value === null ? "text or null" : typeof value}`,
    )
    .map((line) => line.replace(/^(date_\w+): string$/, "$1: text or null"))
    .sort();
}

describe("what stands in for a shop", () => {
  test.skipIf(!documented)("writes an order as the documentation does", async () => {
    const [example] = JSON.parse(documented ?? "[]") as [object];
    const { body } = await ask({ per_page: "1" });
    expect(shapeOf((body as object[])[0]!)).toEqual(shapeOf(example));
  });

  test("gives ten on a page unless told, at most a hundred, and says how many there are", async () => {
    const { headers, body } = await ask({});
    expect([headers.get("x-wp-total"), headers.get("x-wp-totalpages"), (body as []).length]).toEqual(["25", "3", 10]);
    expect(headers.get("link")).toMatch(/page=2>; rel="next"$/);
    expect((await ask({ per_page: "101" })).status).toBe(400);
    expect((await ask({ orderby: "total" })).body).toMatchObject({ code: "rest_invalid_param" });
  });

  test("holds times against its own clock on the wall unless they are said to be in GMT", async () => {
    const [first] = (await ask({ orderby: "modified", order: "asc" })).body as unknown as {
      date_modified: string;
      date_modified_gmt: string;
    }[];
    const total = async (query: Record<string, string>) => (await ask(query)).headers.get("x-wp-total");
    const gmt = { dates_are_gmt: "true" };
    expect(await total({ modified_after: first!.date_modified_gmt, ...gmt })).toBe("24");
    expect(await total({ modified_after: first!.date_modified_gmt })).toBe("25");
    expect(await total({ modified_after: first!.date_modified })).toBe("24");
    // With a zone it is made into the shop's own time, and then taken for GMT: two hours too late.
    expect(await total({ modified_after: `${first!.date_modified_gmt}Z`, ...gmt })).toBe("0");
  });

  test("takes no key over http, and knows nobody without one", async () => {
    expect(await ask({}, "ck_wrong:cs_wrong")).toMatchObject({
      status: 401,
      body: { message: "Consumer key is invalid." },
    });
    standIn.isSecure = false;
    expect(await ask({})).toMatchObject({ status: 401, body: { code: "woocommerce_rest_cannot_view" } });
    standIn.isSecure = true;
  });
});
