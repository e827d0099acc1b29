import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ShopifyStandIn, startShopify } from "../../../../../sandbox/shopify/shopify";
import { sampleOrder } from "../../../../../sandbox/shopify/orders";
import {
  CursorExpired,
  GrantEnded,
  type Json,
  type Page,
  type Reading,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import { usualLimits } from "~/features/connectors/providers/shopify/order-reading";
import { readOrders } from "~/features/connectors/providers/shopify/read-orders";
import { shopify } from "~/features/connectors/providers/shopify/shopify";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

let standIn: ShopifyStandIn;
beforeEach(async () => {
  standIn = await startShopify({ orders: 120, isValid: (token) => token === "shpat_of_today" });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({
    bases: {},
    settings: { shop: standIn.url, money: "shop" },
    secrets: { token: "shpat_of_today" },
    ...more,
  });
const allFields = async () => (await shopify.discover(connected(), "orders")).map(({ id }) => id);
const usual = async () =>
  (await shopify.discover(connected(), "orders")).filter((field) => field.usual).map(({ id }) => id);
const wholeOf = async (how: Reading["how"] = { kind: "whole", start: null }) =>
  readAll(shopify, connected(), { fields: await usual(), how });
const changesSince = async (since: Json | undefined) => wholeOf({ kind: "changes", since: since ?? null });

async function refilled(count: number, more: Partial<Parameters<typeof startShopify>[0]> = {}) {
  await standIn.close();
  standIn = await startShopify({ orders: count, ...more });
}

/** So that a few hundred orders are what twenty thousand are at Shopify. */
const small = { readBeforeFile: 150, worthAFile: 100, mostBySearch: 500 };

/** As the engine does: told to wait, it comes back behind the last page. */
async function readPatiently(fields: readonly string[], limits = small) {
  const pages: Page[] = [];
  const waits: Throttled[] = [];
  for (let left = 100; left > 0; left--) {
    const after = pages.at(-1)?.after ?? null;
    try {
      await readOn({ fields, after, limits }, pages);
      return { pages, waits, records: pages.flatMap(({ records }) => records) };
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      waits.push(error);
      standIn.orders.skewMs += error.waitMs ?? 0;
    }
  }
  throw new Error("It never came to an end.");
}

interface Going {
  fields: readonly string[];
  after: Json | null;
  limits: typeof small;
}

async function readOn({ limits, ...at }: Going, pages: Page[]): Promise<void> {
  const reading = { streamId: "orders", how: { kind: "whole", start: null }, ...at } as const;
  for await (const page of readOrders(connected(), reading, limits))
    pages.push(JSON.parse(JSON.stringify(page)) as Page);
}

describe("reading everything from Shopify", () => {
  test("brings each order once, by pages", async () => {
    const { pages, records } = await wholeOf();
    expect(pages.map((page) => [page.records.length, page.after === null])).toEqual([
      [50, false],
      [50, false],
      [20, true],
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(120);
    expect(records[0]?.id).toBe("gid://shopify/Order/5402117300001");
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(shopify, connected(), { fields: await usual() })];
    expect(inPieces.records).toEqual(atOnce.records);
  });

  test("keeps the chosen fields and nothing else", async () => {
    const { records } = await readAll(shopify, connected(), { fields: ["name", "total"] });
    const keys = new Set(records.flatMap((record) => (isThere(record) ? Object.keys(record.payload) : [])));
    expect([...keys].sort()).toEqual(["name", "total"]);
  });

  test("asks for fewer at once where the query would cost too much", async () => {
    const { records } = await readAll(shopify, connected(), { fields: await allFields() });
    expect(records).toHaveLength(120);
  });

  test("is all there is only where the app may see all orders", async () => {
    expect((await wholeOf()).pages.at(-1)?.isAll).toBe(true);
    standIn.scopes.splice(0, 2, "read_orders");
    const added = standIn.orders.add(sampleOrder(7));
    const { pages, records } = await wholeOf();
    expect(pages.at(-1)?.isAll).toBeUndefined();
    // Older than sixty days and left out without a word.
    expect(records.map(({ id }) => id)).toEqual([`gid://shopify/Order/${5_402_117_300_000 + added}`]);
  });

  test("begins on a day, some hours early, and says nothing of what is gone", async () => {
    const { pages, records } = await wholeOf({ kind: "whole", start: "2025-03-05" });
    expect(records).toEqual([]);
    expect(pages.at(-1)?.isAll).toBeUndefined();
    expect(JSON.parse(standIn.asked[0]!.body)).toMatchObject({
      variables: { filter: "processed_at:>='2025-03-04T10:00:00Z'" },
    });
  });
});

describe("reading very many orders from Shopify", () => {
  test("asks for a file of what is left after the first pages, waits for it, and counts what it has", async () => {
    await refilled(3_200);
    const { pages, waits, records } = await readPatiently(await usual(), usualLimits);
    expect(new Set(records.map(({ id }) => id)).size).toBe(3_200);
    expect(waits.map(({ message }) => message)).toEqual([expect.stringMatching(/putting the orders into a file/)]);
    expect(pages.at(-1)).toMatchObject({ count: 3_200, isAll: true });
    expect(standIn.asked.filter(({ path }) => path.startsWith("/bulk/")).length).toBeGreaterThan(1);
  });

  test("the same is brought by files and by pages", async () => {
    await refilled(640);
    const { records } = await readPatiently(await usual());
    expect(standIn.asked.some(({ path }) => path.startsWith("/bulk/"))).toBe(true);
    await refilled(640, { plan: { maximum: 100_000, restoredPerSecond: 1_000 } });
    standIn.bulk.fails = "TIMEOUT";
    const byPages = await readPatiently(await usual());
    expect(byPages.records).toEqual(records);
    expect(byPages.pages.length).toBeGreaterThan(10);
  });

  test("beyond what Shopify turns pages for, a search is begun anew behind the last", async () => {
    await refilled(620);
    standIn.bulk.fails = "TIMEOUT";
    const { records } = await readPatiently(["name"]);
    expect(records).toHaveLength(620);
    expect(new Set(records.map(({ id }) => id)).size).toBe(620);
    const { variables } = JSON.parse(standIn.asked.at(-2)!.body) as { variables: object };
    expect(variables).toMatchObject({ filter: "id:>5402117300500" });
  });

  test("a server that sends the whole file where a piece was asked for is lived with", async () => {
    await refilled(640);
    standIn.bulk.isWhole = true;
    expect((await readPatiently(await usual())).records).toHaveLength(640);
  });

  test("a file with fewer orders than it should have takes nothing away", async () => {
    await refilled(640);
    standIn.bulk.isCut = true;
    await expect(readPatiently(await usual())).rejects.toThrow(/should have 4\d\d orders and has 4\d\d/);
  });

  test("a file that is not kept any more wants everything to be read", async () => {
    await refilled(640);
    standIn.bulk.isExpired = true;
    await expect(readPatiently(await usual())).rejects.toThrow(CursorExpired);
  });

  test("a file of what may not be read says so", async () => {
    await refilled(640);
    standIn.bulk.fails = "ACCESS_DENIED";
    await expect(readPatiently(await usual())).rejects.toThrow(/does not allow all of these fields/);
  });
});

describe("reading what has changed at Shopify", () => {
  test("brings what was added and changed, and is good for the next time", async () => {
    const before = await wholeOf();
    const added = standIn.orders.add({ ...sampleOrder(5), total: 9_900 });
    standIn.orders.change(3, { refunded: 1_000, payment: "PARTIALLY_REFUNDED" });
    const { records, changesFrom } = await changesSince(before.changesFrom);
    const number = (key: number) => `gid://shopify/Order/${5_402_117_300_000 + key}`;
    expect(records.map(({ id }) => id).sort()).toEqual([number(3), number(added)].sort());
    expect((await changesSince(changesFrom)).records.length).toBeLessThanOrEqual(2);
  });

  test("begins again some minutes earlier than it began, by Shopify's clock", async () => {
    standIn.orders.stoppedAt = "2026-03-01T09:00:00Z";
    expect((await wholeOf()).changesFrom).toMatchObject({ since: "2026-03-01T08:50:00Z", start: null });
  });

  test("wants everything once a month, as only that tells what was deleted, and not where it would not tell", async () => {
    const told = (await wholeOf()).changesFrom as { wholeAt: string };
    const monthAgo = { ...told, wholeAt: new Date(Date.now() - 31 * 86_400_000).toISOString() };
    const later = (await changesSince(told)).changesFrom;
    expect((await changesSince(later)).changesFrom).toMatchObject({ wholeAt: told.wholeAt });
    await expect(changesSince(monthAgo)).rejects.toThrow(/everything is read once a month/);
    standIn.scopes.splice(0, 2, "read_orders");
    expect((await wholeOf()).changesFrom).toMatchObject({ wholeAt: null });
  });

  test("hundreds changed in one instant come page by page, each once", async () => {
    const { changesFrom } = await wholeOf();
    standIn.orders.changeMany(standIn.orders.keys(), () => ({ isEdited: true }));
    const { pages, records } = await changesSince(changesFrom);
    expect(pages).toHaveLength(3);
    expect(new Set(records.map(({ id }) => id)).size).toBe(120);
  });

  test("asks no more for what was placed before the first day", async () => {
    const { changesFrom } = await wholeOf({ kind: "whole", start: "2025-03-05" });
    standIn.orders.change(3, { refunded: 1_000 });
    expect((await changesSince(changesFrom)).records).toEqual([]);
  });

  test("many thousands in one instant want everything to be read, where one search would not bring them", async () => {
    await refilled(620, { plan: { maximum: 10_000_000, restoredPerSecond: 1_000 } });
    standIn.orders.stoppedAt = "2026-03-01T09:00:00Z";
    standIn.orders.changeMany(standIn.orders.keys(), () => ({ isEdited: true }));
    const since = { since: "2026-03-01T08:50:00Z", start: null };
    const how = { kind: "changes", since } as const;
    // Once from the beginning, and once from the instant of the last.
    const reading = { streamId: "orders", fields: ["name"], how, after: null };
    const found: string[] = [];
    const read = async () => {
      for await (const { records } of readOrders(connected(), reading, small))
        found.push(...records.map(({ id }) => id));
    };
    await expect(read()).rejects.toThrow(/More changed at once/);
    expect(found.length).toBeGreaterThan(500);
  });

  test("where they began is not known any more", async () => {
    await expect(changesSince("long ago")).rejects.toThrow(CursorExpired);
  });

  test("a page's cursor that is not known wants everything to be read", async () => {
    standIn.trouble.on("expired-cursor");
    await expect(wholeOf()).rejects.toThrow(CursorExpired);
  });
});

describe("trouble with Shopify", () => {
  testWrongAnswers({
    provider: shopify,
    streamId: "orders",
    fields: usual,
    connect: connected,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1 }),
    own: [
      ["throttled", Throttled, /only so fast/],
      ["forbidden", Trouble, /“Access denied for orders field\.” The app needs the scope read_orders/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
  });

  test("waits as long as it takes for the points that the same query needs", async () => {
    standIn.trouble.on("throttled");
    await expect(wholeOf()).rejects.toMatchObject({ waitMs: 5_000 });
  });

  test("does not ask while there are too few points left, and says how long that will be", async () => {
    await refilled(120, { plan: { maximum: 1_000, restoredPerSecond: 1 } });
    await expect(wholeOf()).rejects.toThrow(Throttled);
    expect(standIn.asked).toHaveLength(1);
  });

  test("makes short pauses by itself, so that a trial gets through", async () => {
    await refilled(120, { plan: { maximum: 1_000, restoredPerSecond: 400 } });
    expect((await wholeOf()).records).toHaveLength(120);
    expect(standIn.asked.filter(({ body }) => body.includes("query Orders("))).toHaveLength(3);
  });

  test("a pause ends when the reading is stopped", async () => {
    await refilled(120, { plan: { maximum: 1_000, restoredPerSecond: 50 } });
    const connection = connected();
    const fields = await usual();
    const how = { kind: "whole", start: null } as const;
    const reading = (async () => {
      for await (const page of shopify.read(connection, { streamId: "orders", fields, how, after: null })) {
        expect(page.records).toHaveLength(50);
        setTimeout(() => connection.stop(), 50);
      }
    })();
    const began = performance.now();
    await expect(reading).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test("a test of the connection asks which scopes there are, and for one order", async () => {
    await shopify.test(connected());
    expect(standIn.asked).toHaveLength(2);
    standIn.scopes.splice(0, 2);
    await expect(shopify.test(connected())).rejects.toThrow(/needs the scope read_orders/);
  });

  test("the shop is called by its name, with its zone, its currency and how much of it is shown", async () => {
    expect(await shopify.whose(connected())).toBe("Hale Ceramics (hale-ceramics.myshopify.com, EUR, Europe/Berlin)");
    expect(await shopify.facts!(connected())).toEqual({ currency: "EUR", timeZone: "Europe/Berlin", daysShown: null });
    standIn.scopes.splice(0, 2, "read_orders");
    expect(await shopify.whose(connected())).toMatch(/orders of the last 60 days\)$/);
    expect(await shopify.facts!(connected())).toMatchObject({ daysShown: 60 });
  });
});

describe("what becomes of an order from Shopify", () => {
  const cellsOf = async (patch: Partial<ReturnType<typeof sampleOrder>>, money = "shop") => {
    const key = standIn.orders.add({ ...sampleOrder(1), ...patch });
    const connection = connected({ settings: { shop: standIn.url, money } });
    const fields = await shopify.discover(connection, "orders");
    const { records } = await readAll(shopify, connection, { fields: fields.map(({ id }) => id) });
    const found = records.find(({ id }) => id.endsWith(String(5_402_117_300_000 + key)))!;
    if (!isThere(found)) throw new Error("It is gone");
    const cells = shopify.cellsOf("orders", found.payload);
    const columns = fields.flatMap((field) => field.columns);
    const unknown = [...cells.keys()].filter((id) => !columns.some((column) => column.id === id));
    const order = Object.fromEntries(
      columns.flatMap(({ id, goesTo }) => (goesTo && cells.has(id) ? [[goesTo, cells.get(id)]] : [])),
    );
    return { unknown, order, cells };
  };

  test("it has its names, its amounts as first ordered, and how it was paid", async () => {
    standIn.orders.stoppedAt = "2026-03-01T09:00:00Z";
    const facts = { total: 12_990, tax: 2_074, shipping: 490, discount: 1_000, refunded: 990, currentTotal: 13_500 };
    const { unknown, order } = await cellsOf({ ...facts, giftCard: 2_500, isEdited: true, gateway: "paypal" });
    expect(unknown).toEqual([]);
    expect(order).toEqual({
      ...{ number: "#1121", orderNumber: "1121", confirmation: expect.stringMatching(/^XK/) },
      ...{ checkoutToken: expect.stringMatching(/^c/), cartToken: expect.stringMatching(/^a/), paymentRef: "r121.1" },
      ...{ placedAt: "2026-03-01T09:00:00.000Z", currency: "EUR", total: "129.9", tax: "20.74", shipping: "4.9" },
      ...{ discount: "10.0", giftCard: "25.0", refunded: "9.9", paymentMethod: "paypal" },
      ...{ channel: "web", standing: "sale" },
    });
  });

  test("gift cards are a way of paying only where there was no other", () => {
    const methodOf = (names: string[]) =>
      shopify.cellsOf("orders", { paymentGatewayNames: names }).get("paymentGatewayNames");
    expect(methodOf(["gift_card"])).toBe("gift_card");
    expect(methodOf(["gift_card", "paypal", "paypal"])).toBe("paypal");
    expect(methodOf(["shopify_payments", "paypal"])).toBe("shopify_payments, paypal");
    expect(methodOf([])).toBeUndefined();
  });

  test("what several gift cards paid is added up to the last cent, and what went wrong is not", () => {
    const paid = (amount: string, status = "SUCCESS", kind = "SALE") => ({
      ...{ kind, status, gateway: "gift_card", paymentId: null },
      amountSet: { shopMoney: { amount }, presentmentMoney: { amount } },
    });
    const good = ["0.1", "0.25", "90071992547409.93"].map((amount) => paid(amount));
    const payments = [...good, paid("10.0", "FAILURE"), paid("5.0", "SUCCESS", "REFUND")];
    const cells = shopify.cellsOf("orders", { payments });
    expect(cells.get("payments.giftCard.shop")).toBe("90071992547410.28");
    expect(cells.has("payments.reference")).toBe(false);
  });

  test("amounts are in the customer's currency where that was chosen", async () => {
    const { order } = await cellsOf({ total: 10_000, customerCurrency: "CHF", rate: 0.94 }, "customer");
    expect(order).toMatchObject({ currency: "CHF", total: "94.0" });
  });

  test.each([
    [{ isTest: true, cancelledAt: "2026-03-01T09:00:00Z", payment: "VOIDED" }, "test"],
    [{ cancelledAt: "2026-03-01T09:00:00Z", payment: "VOIDED" }, "cancelled-before-capture"],
    [{ cancelledAt: "2026-03-01T09:00:00Z", payment: "AUTHORIZED" }, "cancelled-before-capture"],
    [{ cancelledAt: "2026-03-01T09:00:00Z", payment: "REFUNDED" }, "sale"],
    [{ payment: "PENDING" }, "not-paid"],
    [{ payment: "EXPIRED" }, "not-paid"],
    [{ payment: "AUTHORIZED" }, "sale"],
    [{ payment: "PARTIALLY_REFUNDED" }, "sale"],
  ])("%j is %s", async (patch, standing) => {
    expect((await cellsOf(patch)).order.standing).toBe(standing);
  });

  test.each([
    ["pos", "pos"],
    ["shopify_draft_order", "draft"],
    ["1354745", "draft"],
    ["subscription_contract", "subscription"],
    ["580111", "web"],
    ["4711003", "4711003"],
  ])("what came by %s came by the channel %s", async (source, channel) => {
    expect((await cellsOf({ source })).order.channel).toBe(channel);
  });
});
