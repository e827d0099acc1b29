/** Orders to browse, and each followed back to what was received: on both databases. */
import { describe, expect, test } from "vitest";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { countRaw } from "~/features/pipeline/zones/count-raw.server";
import { recordCounts } from "~/features/reconciliation/records/count-records.server";
import { findKeptRecord } from "~/features/reconciliation/records/find-record.server";
import { listRecords, RECORDS_PAGE } from "~/features/reconciliation/records/list-records.server";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { fieldOf } from "~/features/reconciliation/records/record-kind";
import { transactionKind, transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { type Scope } from "~/platform/scope.server";
import { receivedCells } from "~/routes/data/received-cells.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { synced } from "~/testing/given-syncs";
import { orderSystem, orderSystemConnected } from "~/testing/order-system";

const COUNT = RECORDS_PAGE + 5;

/** A shop with more orders than a page has, two of them placed at the same time, one of them gone. */
async function shopRead(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = orderSystem();
  for (let n = 1; n <= COUNT; n++) {
    const minute = String(n === 2 ? 1 : n).padStart(2, "0");
    const order = { number: `#${1_000 + n}`, placedAt: `2026-03-01T10:${minute}:00Z`, currency: "EUR" };
    system.put("people", `o${n}`, { ...order, total: `${n}.50`, paymentMethod: "Invoice" });
  }
  const connectorId = await orderSystemConnected(scope);
  await synced(scope, connectorId, system);
  system.remove("people", "o3");
  await synced(scope, connectorId, system);
  return { scope, system, connectorId };
}

async function allPages(scope: Scope, connectorId: string | null): Promise<string[]> {
  const names: string[] = [];
  let after: string | null = null;
  do {
    const page = await listRecords(scope, orderKind, { connectorId, after });
    names.push(...page.rows.map(({ facts, isGone }) => `${String(facts.number)}${isGone ? " gone" : ""}`));
    after = page.after;
  } while (after !== null);
  return names;
}

describe.each(databases)("orders to browse on %s", (engine) => {
  test("come page by page, each once, those of a connector from the latest on", async () => {
    const { scope, connectorId } = await shopRead(engine);
    const all = await allPages(scope, null);
    expect(new Set(all).size).toBe(COUNT);
    const latestFirst = await allPages(scope, connectorId);
    expect(latestFirst.slice(0, 2)).toEqual([`#${1_000 + COUNT}`, `#${999 + COUNT}`]);
    expect(latestFirst).toContain("#1003 gone");
    expect([...latestFirst].sort()).toEqual([...all].sort());
    expect(await listRecords(scope, orderKind, { connectorId: "none", after: null })).toEqual({ rows: [], after: null });
    expect(await listRecords(scope, orderKind, { connectorId, after: "x_y" })).toEqual({ rows: [], after: null });
    const viewer = { ...scope, ownOnly: true };
    expect(await allPages(viewer, null)).toEqual([]);
  });

  test("are followed back, value by value, to the cells that say them", async () => {
    const { scope, system, connectorId } = await shopRead(engine);
    const { rows } = await listRecords(scope, orderKind, { connectorId, after: null });
    const found = (await findKeptRecord(scope, orderKind, rows[0]?.id ?? ""))!;
    expect(found).toMatchObject({
      ...{ remoteId: `o${COUNT}`, source: "connector", goneAt: null },
      ...{ atSource: { connectorId, stream: "people" }, run: { name: "Kettles of Brandt" } },
      facts: { number: `#${1_000 + COUNT}`, total_minor: `${COUNT}50`, payment_method: "Invoice" },
    });
    const cells = receivedCells(found, system.doors.providers);
    const saying = (column: string) => cells.filter(({ field }) => field === fieldOf(column)).map(({ text }) => text);
    expect(saying("total_minor")).toEqual([`${COUNT}.50`]);
    expect(saying("payment_method")).toEqual(["Invoice"]);
    expect(await findKeptRecord({ ...scope, ownOnly: true }, orderKind, found.id)).toBeNull();
  });

  test("are counted with the source they came from, also when that was deleted", async () => {
    const { scope, connectorId } = await shopRead(engine);
    const counts = async (ids: string[]) => {
      const orders = recordCounts(scope, { orders: orderKind }, ids);
      return orders.read((await countRaw(scope, ids, orders.columns)).beside).orders;
    };
    const all = { count: COUNT - 1, capped: false };
    const none = { count: 0, capped: false };
    expect(await counts([connectorId])).toEqual({ files: none, others: none, connectors: new Map([[connectorId, all]]) });
    await deleteConnector(scope, connectorId, { takesAway: null });
    expect(await counts([])).toEqual({ files: none, others: all, connectors: new Map() });
  });
});

test.each([
  ["orders", orderKind, orderSubject],
  ["transactions", transactionKind, transactionSubject],
])("every column of %s is said by a field of its own", (_, kind, subject) => {
  const columns = Object.keys(kind.labels).map(fieldOf);
  const fields = subject.fields.map(({ id }) => id);
  expect(columns.filter((column) => !fields.includes(column))).toEqual([]);
  expect(new Set(columns).size).toBe(columns.length);
});
