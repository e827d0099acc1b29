import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sampleOrder } from "../../../../../sandbox/woocommerce/orders";
import { startWooCommerce, type WooCommerceStandIn } from "../../../../../sandbox/woocommerce/woocommerce";
import { CursorExpired, GrantEnded, type Json, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { judgeSettings } from "~/features/connectors/settings-form";
import { orderFields } from "~/features/connectors/providers/woocommerce/order-fields";
import { signatureOf } from "~/features/connectors/providers/woocommerce/signing";
import { woocommerce } from "~/features/connectors/providers/woocommerce/woocommerce";
import { specification } from "~/testing/check-schema";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = orderFields.map(({ id }) => id);
const DAY_MS = 24 * 60 * 60 * 1000;

let standIn: WooCommerceStandIn;
beforeEach(async () => {
  standIn = await startWooCommerce({ orders: 250 });
});
afterEach(() => standIn.close());

const shop = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: {}, settings: { address: standIn.url }, secrets: { ...standIn.access }, ...more });
const wholeOf = () => readAll(woocommerce, shop(), { fields });
const changesSince = (since: Json | undefined) =>
  readAll(woocommerce, shop(), { fields, how: { kind: "changes", since: since ?? null } });

/** One order, put into the shop, as cells. */
async function cellsOf(patch: Partial<ReturnType<typeof sampleOrder>>) {
  const key = standIn.orders.add({ ...sampleOrder(7), ...patch });
  const { records } = await wholeOf();
  const record = records.find(({ id }) => id === String(1_000 + key));
  if (!record || !isThere(record)) throw new Error("The order did not come.");
  return Object.fromEntries(woocommerce.cellsOf("orders", record.payload));
}

describe("reading everything from a shop", () => {
  test("brings every order, a hundred at a time, each page from where the one before ended", async () => {
    const { pages, records } = await wholeOf();
    expect(new Set(records.map(({ id }) => id)).size).toBe(250);
    expect(pages.every((page) => page.records.length <= 100)).toBe(true);
    expect(standIn.asked.map(({ query }) => query.get("page"))).toEqual(["1", "1", "1"]);
    expect(standIn.asked.every(({ query }) => query.get("dates_are_gmt") === "true")).toBe(true);
  });

  test("asks for nothing about customers, and keeps the chosen fields and nothing else", async () => {
    const { records } = await readAll(woocommerce, shop(), { fields: ["number", "total"] });
    expect(new Set(records.flatMap((record) => (isThere(record) ? Object.keys(record.payload) : [])))).toEqual(
      new Set(["number", "total"]),
    );
    await wholeOf();
    const asked = standIn.asked.map(({ query }) => query.get("_fields")).join();
    expect(asked).not.toMatch(/billing|shipping,|customer/);
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(woocommerce, shop(), { fields })];
    expect(inPieces.records).toEqual(atOnce.records);
  });

  test("misses none while orders are edited and deleted between pages", async () => {
    const seen = new Set<string>();
    const how = { kind: "whole", start: null } as const;
    for await (const page of woocommerce.read(shop(), { streamId: "orders", fields, how, after: null })) {
      for (const { id } of page.records) seen.add(id);
      if (seen.size === 100) {
        standIn.orders.remove(3, 4, 5);
        standIn.orders.change(120, { status: "completed" });
      }
    }
    expect(seen.size).toBe(250);
  });

  test("goes on behind a page that lacks what the key may not see, and without the headers of pages", async () => {
    for (let key = 1; key <= 100; key++) standIn.orders.remove(key);
    for (let key = 101; key <= 140; key++) standIn.hidden.add(key);
    expect(new Set((await wholeOf()).records.map(({ id }) => id)).size).toBe(110);
    standIn.hidden.clear();
    standIn.hidesHeaders = true;
    expect(new Set((await wholeOf()).records.map(({ id }) => id)).size).toBe(150);
  });

  test("from a day on begins a day earlier, so that it holds in every time zone", async () => {
    const start = "2026-10-05";
    const { records } = await readAll(woocommerce, shop(), { fields, how: { kind: "whole", start } });
    expect(standIn.asked[0]?.query.get("after")).toBe("2026-10-04T00:00:00");
    const placed = records.map((record) => isThere(record) && String(record.payload.placed)).sort();
    expect(placed[0]).toMatch(/^2026-10-04/);
    expect(placed.length).toBeLessThan(250);
  });
});

describe("reading what has changed in a shop", () => {
  test("brings what was added, changed and put into the bin, by Greenwich whatever time the shop keeps", async () => {
    standIn.offsetMinutes = -480;
    const { changesFrom } = await wholeOf();
    const added = standIn.orders.add(sampleOrder(900));
    standIn.orders.change(3, { refunds: [{ id: 5_001, amount: 890 }], status: "refunded" });
    standIn.orders.change(8, { status: "trash" });
    const { records } = await changesSince(changesFrom);
    expect(records.map(({ id }) => id).sort()).toEqual(["1003", "1008", String(1_000 + added)].sort());
    expect(records).toContainEqual({ id: "1008", gone: "deleted" });
  });

  test("begins again some minutes earlier than it began, by the shop's clock", async () => {
    standIn.orders.stoppedAt = "2026-11-20T09:00:00Z";
    const connection = { ...shop(), now: () => "2026-11-20T09:00:20Z" };
    const { changesFrom } = await readAll(woocommerce, connection, { fields });
    expect(changesFrom).toEqual({ since: "2026-11-20T08:55:00.000Z", wholeAt: "2026-11-20T08:55:00.000Z" });
  });

  test("many changed in one second come page by page, each of them", async () => {
    const { changesFrom } = await wholeOf();
    standIn.orders.changeMany(standIn.orders.keys(), () => ({ status: "completed" }));
    const { records } = await changesSince(changesFrom);
    expect(new Set(records.map(({ id }) => id)).size).toBe(250);
  });

  test("does not tell what was deleted for good; after a month everything is read, which does", async () => {
    const { changesFrom } = await wholeOf();
    standIn.orders.remove(8);
    expect((await changesSince(changesFrom)).records).toEqual([]);
    const { since } = changesFrom as { since: string };
    const longAgo = new Date(Date.now() - 31 * DAY_MS).toISOString();
    await expect(changesSince({ since, wholeAt: longAgo })).rejects.toThrow(CursorExpired);
    await expect(changesSince({ page: 3 })).rejects.toThrow(CursorExpired);
    expect(new Set((await wholeOf()).records.map(({ id }) => id)).size).toBe(249);
  });
});

describe("what becomes of an order", () => {
  const documented = specification("woocommerce/orders_list.docs-example.json");

  test("each column goes where it belongs", async () => {
    const cells = await cellsOf({
      transaction: "ch_3Q",
      refunds: [
        { id: 1, amount: 1_000 },
        { id: 2, amount: 905 },
      ],
    });
    expect(cells).toEqual({
      ...{ number: "1251", placed: "2026-10-01T10:19:00.000Z", order_key: expect.stringMatching(/^wc_order_/) },
      ...{ transaction_id: "ch_3Q", total: expect.stringMatching(/^\d+\.\d\d$/), currency: "EUR" },
      ...{ total_tax: expect.any(String), shipping_total: expect.any(String), discount_total: "0.00" },
      ...{ refunds: "19.05", line_items: "2", payment_method: "Klarna", "payment_method.code": "klarna_payments" },
      ...{ created_via: "web", standing: "sale", status: expect.any(String) },
    });
    const columns = orderFields.flatMap((field) => field.columns);
    expect(Object.keys(cells).filter((id) => !columns.some((column) => column.id === id))).toEqual([]);
    expect(columns.flatMap(({ goesTo = [] }) => goesTo).sort()).toEqual(
      [
        ...["channel", "currency", "discount", "lines", "number", "orderKey", "paymentMethod", "paymentRef"],
        ...["placedAt", "refunded", "shipping", "standing", "tax", "total"],
      ].sort(),
    );
  });

  test.each([
    ["processing", null, "sale"],
    ["completed", 1, "sale"],
    ["refunded", 1, "sale"],
    ["pending", null, "not-paid"],
    ["failed", null, "not-paid"],
    ["on-hold", null, "not-paid"],
    ["on-hold", 1, "sale"],
    ["cancelled", null, "cancelled-before-capture"],
    ["cancelled", 1, "sale"],
  ] as const)("an order that is %s, paid at %s, is %s", async (status, paidAt, standing) => {
    expect(await cellsOf({ status, paidAt })).toMatchObject({ standing, status });
  });

  test("an order that a gateway took in its trial mode is a test", async () => {
    const sandbox = [{ key: "_ppcp_paypal_payment_mode", value: "sandbox" }];
    expect(await cellsOf({ meta: sandbox })).toMatchObject({ standing: "test" });
    const live = [{ key: "_wcpay_mode", value: "prod" }];
    expect(await cellsOf({ meta: live })).toMatchObject({ standing: "sale" });
  });

  test.each([
    ["checkout", "web"],
    ["store-api", "web"],
    ["admin", "draft"],
    ["subscription", "subscription"],
    ["pos-rest-api", "pos"],
    ["rest-api", "rest-api"],
    ["amazon", "amazon"],
  ])("an order made by %s was sold by %s", async (createdVia, channel) => {
    expect(await cellsOf({ createdVia })).toMatchObject({ created_via: channel });
  });

  test("amounts have the shop's decimals, refunds too", async () => {
    standIn.decimals = 0;
    const yen = { currency: "JPY", refunds: [{ id: 1, amount: 120_000 }] };
    const cells = await cellsOf({
      ...yen,
      lines: [{ name: "Sencha", quantity: 1, price: 240_000 }],
      shipping: 0,
      tax: 0,
    });
    expect(cells).toMatchObject({ total: "2400", currency: "JPY", refunds: "1200" });
    standIn.decimals = 3;
    expect(await cellsOf({ currency: "KWD", refunds: [{ id: 1, amount: 5 }] })).toMatchObject({ refunds: "0.050" });
  });

  test.skipIf(!documented)("the documented order with two refunds", async () => {
    const orders = JSON.parse(documented ?? "[]") as unknown;
    const connection = { ...shop(), fetch: () => Promise.resolve(Response.json(orders)) };
    const { records } = await readAll(woocommerce, connection, { fields });
    const refunded = records.find(({ id }) => id === "723")!;
    if (!isThere(refunded)) throw new Error("It is there.");
    expect(Object.fromEntries(woocommerce.cellsOf("orders", refunded.payload))).toEqual({
      ...{ number: "723", placed: "2017-03-21T19:16:00.000Z", order_key: "wc_order_58d17c18352" },
      ...{ total: "39.00", currency: "USD", total_tax: "0.00", shipping_total: "10.00", discount_total: "0.00" },
      ...{ refunds: "19.00", line_items: "2", payment_method: "Direct bank transfer", "payment_method.code": "bacs" },
      ...{ created_via: "web", standing: "sale", status: "completed" },
    });
  });
});

describe("saying who asks", () => {
  test("over http by a signature that another would not have found, each with a nonce of its own", async () => {
    await readAll(woocommerce, shop(), { fields, how: { kind: "whole", start: "2026-10-01" } });
    const nonces = standIn.asked.map(({ query }) => query.get("oauth_nonce"));
    expect(new Set(nonces).size).toBe(standIn.asked.length);
    const wrong = shop({ secrets: { ...standIn.access, secret: "cs_another_secret" } });
    await expect(woocommerce.test(wrong)).rejects.toThrow(/does not accept the key.*provided signature does not match/);
  });

  test("what is signed is what RFC 5849, 3.4.1.1, writes out for its own example", () => {
    const written =
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26" +
      "oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26" +
      "oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";
    const pairs: [string, string][] = [
      ...[...new URLSearchParams("b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2=&a3=2+q")],
      ...[...new URLSearchParams("oauth_consumer_key=9djdj82h48djs9d2&oauth_token=kkk9d7dh3k39sjv7")],
      ...[...new URLSearchParams("oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a")],
    ];
    const expected = createHmac("sha256", "cs_tea&").update(written).digest("base64");
    expect(signatureOf("post", "http://example.com/request", pairs, "cs_tea")).toBe(expected);
  });

  test("over https by the key itself", async () => {
    standIn.isSecure = true;
    const address = "https://hale-tea.example/tea";
    const connection = shop({ settings: { address } });
    const asked: string[] = [];
    const { fetch } = connection;
    connection.fetch = (place, init) => {
      asked.push(place);
      return fetch(place.replace(address, standIn.url), init);
    };
    expect((await readAll(woocommerce, connection, { fields })).records.length).toBeGreaterThanOrEqual(250);
    expect(asked.join()).not.toMatch(/oauth_|consumer/);
    expect(asked[0]).toMatch(/^https:\/\/hale-tea\.example\/tea\/wp-json\/wc\/v3\/orders\?/);
    expect(await woocommerce.whose(connection)).toBe("Hale Tea (hale-tea.example)");
  });

  test("tells where the shop's days begin and in what it sells, as far as the key may see", async () => {
    expect(await woocommerce.facts!(shop())).toEqual({ timeZone: "Etc/GMT-2", currency: "EUR", daysShown: null });
    standIn.zone = "Europe/Berlin";
    standIn.currency = null;
    expect(await woocommerce.facts!(shop())).toEqual({ timeZone: "Europe/Berlin", currency: null, daysShown: null });
    standIn.zone = "";
    standIn.offsetMinutes = 330;
    expect(await woocommerce.facts!(shop())).toMatchObject({ timeZone: null });
  });

  test.each([
    ["hale-tea.example", "https://hale-tea.example"],
    ["https://www.hale-tea.example/wp-admin/admin.php?page=wc-settings", "https://www.hale-tea.example"],
    ["https://hale.example/tea/shop/", "https://hale.example/tea"],
    ["http://127.0.0.1:4810", "http://127.0.0.1:4810"],
  ])("the address %s is understood as %s", (typed, address) => {
    const keys = { key: standIn.access.key, secret: standIn.access.secret };
    expect(judgeSettings(woocommerce, { address: typed, ...keys })).toMatchObject({ ok: true, settings: { address } });
  });

  test("an address without https, and keys that are none, are told at their fields", () => {
    const typed = { address: "http://hale-tea.example", key: "cs_swapped_with_the_other", secret: "" };
    expect(judgeSettings(woocommerce, typed)).toEqual({
      ok: false,
      errors: {
        address: [expect.stringMatching(/begins with https/)],
        key: [expect.stringMatching(/begins with ck_/)],
        secret: ["Fill in: Consumer secret."],
      },
    });
  });
});

describe("trouble with a shop", () => {
  testWrongAnswers({
    provider: woocommerce,
    streamId: "orders",
    fields,
    connect: shop,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1, path: /orders$/ }),
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", Trouble, /may not read orders in the shop: “Sorry, you cannot list resources\.”/],
      ["revoked", GrantEnded, /Enter a new one/],
      ["repeated-page", OutOfOrder, /as a cache does/],
    ],
  });

  test("a clock that is wrong is told as that, and asks nobody for another key", async () => {
    standIn.orders.skewMs = 20 * 60_000;
    await expect(woocommerce.test(shop())).rejects.toThrow(/quarter of an hour apart/);
    await expect(woocommerce.test(shop())).rejects.not.toBeInstanceOf(GrantEnded);
  });

  test("where there is no WooCommerce it says so, and what may be the matter", async () => {
    const elsewhere = shop({ settings: { address: `${standIn.url}/tea` } });
    await expect(woocommerce.test(elsewhere)).rejects.toThrow(/no WooCommerce at this address.*Permalinks/);
  });

  test("a test of the connection asks for one order's id", async () => {
    await woocommerce.test(shop());
    expect(standIn.asked.map(({ query }) => [query.get("per_page"), query.get("_fields")])).toEqual([["1", "id"]]);
  });
});
