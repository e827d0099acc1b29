import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemsOf, type Schema, specification } from "~/testing/check-schema";
import { type Ga4StandIn, startGa4 } from "./ga4";
import { type ReportRequest } from "./report";
import { trackedOf } from "./tracked";

const schema = specification("ga4/analyticsdata_v1beta.schema.json");
const { definitions = {} } = JSON.parse(schema ?? "{}") as { definitions?: Record<string, Schema> };

let standIn: Ga4StandIn;
beforeAll(async () => {
  const purchase = { day: "2026-11-20", currency: "EUR", event: "purchase" } as const;
  standIn = await startGa4({
    events: [
      { ...purchase, transactionId: "1001", value: 49.9 },
      { ...purchase, transactionId: "1002", value: 20, currency: "USD" },
      { ...purchase, transactionId: "1001", value: 9.9, event: "refund" },
    ],
    isValid: (token) => token === "token-of-today",
  });
});
afterAll(() => standIn.close());

const request: ReportRequest = {
  dateRanges: [{ startDate: "2026-11-20", endDate: "2026-11-20" }],
  dimensions: [{ name: "transactionId" }, { name: "currencyCode" }],
  metrics: [{ name: "eventCount" }, { name: "purchaseRevenue" }, { name: "grossPurchaseRevenue" }],
  orderBys: [{ dimension: { dimensionName: "transactionId" } }],
  ...{ limit: "10", offset: "0", returnPropertyQuota: true },
};

async function ask(more: object = {}, token = "token-of-today", property = "213025502") {
  const response = await fetch(`${standIn.url}/v1beta/properties/${property}:runReport`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...request, ...more }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const valuesIn = ({ body }: Awaited<ReturnType<typeof ask>>) =>
  (body.rows as { dimensionValues: { value: string }[]; metricValues: { value: string }[] }[]).map(
    ({ dimensionValues, metricValues }) => [...dimensionValues, ...metricValues].map(({ value }) => value),
  );

describe("what analytics gets to know of a shop", () => {
  const sales = Array.from({ length: 400 }, (_, place) => ({
    ...{ id: String(1_000 + place), placedAt: Date.UTC(2026, 9, 1, 22, 30) + place * 60_000 },
    ...{ value: 29.9, currency: "EUR", method: place % 4 === 0 ? "PayPal" : "Credit card" },
  }));

  test("is most of it, more of PayPal lost than of others, some twice, and some of nobody's", () => {
    const events = trackedOf(sales, "Europe/Berlin");
    const ids = new Set(events.map(({ transactionId }) => transactionId));
    const lost = sales.filter(({ id }) => !ids.has(id));
    expect(lost.filter(({ method }) => method === "PayPal").length).toBeGreaterThan(lost.length / 2);
    expect(lost.length).toBeLessThan(80);
    expect(events.length).toBeGreaterThan(ids.size);
    expect(events.filter(({ transactionId }) => transactionId.startsWith("TEST-"))).toHaveLength(4);
    expect(events[0]?.day).toBe("2026-10-02");
  });
});

describe("what stands in for Google Analytics", () => {
  test.skipIf(!schema)("is asked and answers as the specification has it", async () => {
    for (const quality of [{}, { isLumped: true, isHidden: true, isSampled: true }]) {
      standIn.quality.set("2026-11-20", quality);
      const { body } = await ask();
      expect(problemsOf(body, { $ref: "#/definitions/Schema$RunReportResponse" }, definitions)).toEqual([]);
    }
    standIn.quality.clear();
    expect(problemsOf(request, { $ref: "#/definitions/Schema$RunReportRequest" }, definitions)).toEqual([]);
    const wrong = { rows: [{ cells: [] }] };
    expect(problemsOf(wrong, { $ref: "#/definitions/Schema$RunReportResponse" }, definitions)).toEqual([
      "$.rows[0]: cells is not known",
    ]);
  });

  test("takes refunds from revenue and not from what was bought, all of it converted", async () => {
    expect(valuesIn(await ask())).toEqual([
      ["1001", "EUR", "2", "40", "49.9"],
      ["1002", "USD", "1", "17.5", "17.5"],
    ]);
    expect(valuesIn(await ask({ currencyCode: "USD" })).at(-1)).toEqual(["1002", "USD", "1", "20", "20"]);
  });

  test("leaves out rows and their count where there are none, and the quota where nobody asks", async () => {
    const { body } = await ask({
      dateRanges: [{ startDate: "2026-11-19", endDate: "2026-11-19" }],
      returnPropertyQuota: false,
    });
    expect(Object.keys(body).sort()).toEqual(["dimensionHeaders", "kind", "metadata", "metricHeaders"]);
  });

  test("gives pages by offset and limit, with the count of all", async () => {
    const { body } = await ask({ limit: "1", offset: "1" });
    expect([(body.rows as []).length, body.rowCount]).toEqual([1, 2]);
  });

  test.each<[object]>([
    [{ limit: "250001" }],
    [{ dimensions: [{ name: "orderId" }] }],
    [{ metrics: [{ name: "sales" }] }],
    [{ dateRanges: [{ startDate: "2014-01-01", endDate: "today" }] }],
    [{ pageSize: 10 }],
  ])("refuses %o", async (more) => {
    expect(await ask(more)).toMatchObject({ status: 400, body: { error: { status: "INVALID_ARGUMENT" } } });
  });

  test("knows nobody without a token, and nothing of another property", async () => {
    expect(await ask({}, "another")).toMatchObject({ status: 401, body: { error: { status: "UNAUTHENTICATED" } } });
    const elsewhere = await ask({}, "token-of-today", "999999");
    expect(elsewhere).toMatchObject({ status: 403, body: { error: { status: "PERMISSION_DENIED" } } });
  });

  test("says which quota is used up", async () => {
    standIn.quota = { left: 0, kind: "day" };
    expect(await ask()).toMatchObject({ status: 429, body: { error: { status: "RESOURCE_EXHAUSTED" } } });
    standIn.quota = { left: Infinity, kind: "hour" };
  });
});
