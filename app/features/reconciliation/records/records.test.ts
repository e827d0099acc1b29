/** Orders and transactions through the pipeline: from files and from connectors, on both databases. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { eraseFields } from "~/features/connectors/runs/continue-erasure.server";
import { saveSelection } from "~/features/connectors/runs/save-selection.server";
import "~/features/connectors/tables";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { readOrders, readTransactions } from "~/features/reconciliation/records/read-records.server";
import { wholeFacts } from "~/features/reconciliation/records/record-kind";
import { putRecords } from "~/features/reconciliation/records/stored-records.server";
import { transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import "~/features/pipeline/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock, type TestClock } from "~/testing/given";
import { synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { orderColumns, orderSystem, orderSystemConnected } from "~/testing/order-system";
import { type SmallSystem } from "~/testing/small-system";
import { tableRows } from "~/testing/table-rows";

const never = new AbortController().signal;

async function* bytesOf(text: string) {
  yield await Promise.resolve(Buffer.from(text));
}

async function imported(scope: Scope, subject: AnySubject, text: string) {
  (scope.clock as TestClock).advance(60_000);
  const file = { name: "shop.csv", mediaType: "text/csv", bytes: bytesOf(text) };
  const uploaded = await uploadFile(scope, subject, file);
  if (!uploaded.ok) throw new Error(uploaded.reason);
  expect(await startRun(scope, uploaded.runId)).toEqual({ ok: true });
  await continueRun(scope, subjects, uploaded.runId, { signal: never });
  const run = await findRun(scope, uploaded.runId);
  const row = await scope.db
    .selectFrom("runs")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", uploaded.runId)
    .executeTakeFirstOrThrow();
  if (!run) throw new Error("The run is gone");
  return { ...run, changeSetId: row.change_set_id ?? "" };
}

async function ordersOf(scope: Scope) {
  const all = [];
  const window = { origin: "file", from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" };
  for await (const batch of readOrders(scope, window)) all.push(...batch);
  return all;
}

async function transactionsOf(scope: Scope) {
  const all = [];
  const window = { origin: "file", firstDay: "2026-01-01", lastDay: "2026-12-31" };
  for await (const batch of readTransactions(scope, window)) all.push(...batch);
  return all;
}

const heading = "Order ID,Order number,Order date,Currency,Total,Tax,Payment method\n";
const kettle = "5001,#1001,2026-03-01T10:00:00Z,EUR,119.00,19.00,paypal\n";
const lamp = '5002,#1002,2026-03-02 11:30:00 +0100,eur,"1.234,50",,visa\n';

const sumUp = ({
  created,
  changed,
  same,
  refused,
}: {
  created: number;
  changed: number;
  same: number;
  refused: number;
}) => [created, changed, same, refused].join(" ");

describe.each(databases)("orders of a file on %s", (engine) => {
  const begin = () => given.scope(engine, "admin", { clock: testClock() });

  test("come in, are known again, change, and go back by the undo of their run", async () => {
    const scope = await begin();
    const first = await imported(scope, orderSubject, heading + kettle + lamp);
    expect(first).toMatchObject({ state: "done" });
    expect(sumUp(first.counts)).toBe("2 0 0 0");
    expect(await ordersOf(scope)).toMatchObject([
      { id: "5001", createdAt: "2026-03-01T10:00:00.000Z", currency: "EUR", total: 11_900n, tax: 1_900n },
      { id: "5002", createdAt: "2026-03-02T10:30:00.000Z", currency: "EUR", total: 123_450n, paymentMethod: "visa" },
    ]);
    expect(sumUp((await imported(scope, orderSubject, heading + kettle + lamp)).counts)).toBe("0 0 2 0");
    const later = await imported(scope, orderSubject, heading + kettle.replace("119.00", "99.00") + lamp);
    expect(sumUp(later.counts)).toBe("0 1 1 0");
    expect((await ordersOf(scope))[0]).toMatchObject({ total: 9_900n });
    const back = await undoneWholly(scope, later.changeSetId);
    expect(back).toMatchObject({ undone: 1, left: [] });
    expect((await ordersOf(scope))[0]).toMatchObject({ total: 11_900n });
    expect(await undoneWholly(scope, back.changeSetId ?? "")).toMatchObject({ undone: 1, left: [] });
    expect((await ordersOf(scope))[0]).toMatchObject({ total: 9_900n });
    expect(await undoneWholly(scope, first.changeSetId)).toMatchObject({
      undone: 1,
      left: [{ why: "it was changed since" }],
    });
    expect(await ordersOf(scope)).toMatchObject([{ id: "5001" }]);
  });

  test("that cannot be read in one way only are refused, each with a sentence", async () => {
    const scope = await begin();
    const rows = [
      '6001,#2001,2026-03-01T10:00:00Z,EUR,"1,234",,\n',
      "6002,#2002,2026-03-01T10:00:00Z,XYZ,12.00,,\n",
      "1.23E+15,,2026-03-01T10:00:00Z,EUR,12.00,,\n",
      "6004,#2004,01/03/2026,EUR,12.00,,\n",
      "6005,#2005,2026-03-01T10:00:00Z,JPY,12.50,,\n",
    ];
    const run = await imported(scope, orderSubject, heading + rows.join(""));
    expect(sumUp(run.counts)).toBe("0 0 0 5");
    const refusals = await scope.db
      .selectFrom("refused_rows")
      .select(["rule", "reason"])
      .where("account_id", "=", scope.account.id)
      .orderBy("position")
      .execute();
    expect(refusals.map(({ rule }) => rule)).toEqual([
      ...["ambiguous-amount", "unknown-currency", "damaged-id", "unreadable-time", "too-many-decimals"],
    ]);
    expect(refusals[0]?.reason).toContain("“1,234” may be thousands or decimals, and is not guessed.");
  });

  test("of one number twice in a file with other amounts: the second is refused; the same again is the same", async () => {
    const scope = await begin();
    const other = kettle.replace("119.00", "75.00");
    const run = await imported(scope, orderSubject, heading + kettle + kettle + other);
    expect(sumUp(run.counts)).toBe("1 0 1 1");
    expect(await ordersOf(scope)).toMatchObject([{ total: 11_900n }]);
  });
});

test.each(databases)(
  "orders on %s are read back in batches, each once, though many are of one instant",
  async (engine) => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const said = { placed_at: "2026-03-01T10:00:00.000Z", currency: "EUR", total_minor: "100", standing: "sale" };
    const facts = wholeFacts(orderKind, said);
    const runId = newId();
    const records = Array.from({ length: 4_100 }, (_, n) => ({
      ...{ id: newId(), origin: "file", remoteId: `${n}`, sourceRecordId: null, rawRecordId: newId(), runId },
      ...{ hash: "", goneAt: n === 7 ? "2026-03-02T10:00:00.000Z" : null, facts },
    }));
    await putRecords(scope, orderKind, records);
    const sizes: number[] = [];
    const seen = new Set<string>();
    const window = { origin: "file", from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" };
    for await (const batch of readOrders(scope, window)) {
      sizes.push(batch.length);
      for (const { id } of batch) seen.add(id);
    }
    expect(sizes).toEqual([2_000, 2_000, 99]);
    expect(seen.size).toBe(4_099);
    expect(seen.has("7")).toBe(false);
  },
);

/** As Shopify exports orders: what an order comes to stands in the first of its rows. */
const exported = `Name,Email,Financial Status,Currency,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Id
#1050,ann@okafor.example,paid,EUR,8.33,100.90,2026-05-01 09:59:00 +0200,1,Kettle,555
#1050,ann@okafor.example,,,,,,2,Cup,
#1051,jan@brandt.example,pending,EUR,0.00,12.00,2026-05-01 10:59:00 +0200,1,Cup,556
`;

describe.each(databases)("a file as Shopify exports it, on %s", (engine) => {
  test("is known by its columns, and comes in without whom the orders are for", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const run = await imported(scope, orderSubject, exported);
    expect(sumUp(run.counts)).toBe("2 0 1 0");
    expect(await ordersOf(scope)).toMatchObject([
      { id: "555", total: 10_090n, tax: 833n, standing: "sale", createdAt: "2026-05-01T07:59:00.000Z" },
      { id: "556", total: 1_200n, standing: "not-paid" },
    ]);
    const { unguarded } = scope.database;
    const rows = await unguarded.selectFrom("orders").selectAll().where("account_id", "=", scope.account.id).execute();
    expect(rows.flatMap((row) => Object.values(row)).filter((value) => String(value).includes("@"))).toEqual([]);
  });
});

describe.each(databases)("transactions of a file on %s", (engine) => {
  test("are added up where one is tracked twice, also when the file comes again", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const file =
      "Transaction ID,Date,Purchase revenue,Currency\n#1001,20260301,119.00,EUR\n1002,20260302,12.345,EUR\n" +
      "#1001,20260301,119.00,EUR\n(not set),20260302,5.0000001,EUR\n";
    const first = await imported(scope, transactionSubject, file);
    expect(sumUp(first.counts)).toBe("2 1 0 1");
    const expected = [
      { transactionId: "#1001", at: "2026-03-01", value: 23_800n, events: 2, isRounded: false },
      { transactionId: "(not set)", at: "2026-03-02", value: 500n, events: 1, isRounded: true },
    ];
    expect(await transactionsOf(scope)).toMatchObject(expected);
    await imported(scope, transactionSubject, file);
    expect(await transactionsOf(scope)).toMatchObject(expected);
  });
});

describe.each(databases)("orders of a shop on %s", (engine) => {
  test("come in, change, go with the shop's, come back, and go by the undo", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = orderSystem();
    const order = { number: "#1001", placedAt: "2026-03-01T10:00:00Z", currency: "KWD", total: "1.234" };
    const other = { ...order, number: "#1002", currency: "EUR", total: "20.00" };
    for (const [n, one] of [order, other].entries()) system.put("people", `gid://shopify/Order/${n + 1}`, one);
    const connectorId = await orderSystemConnected(scope);
    const standing = async () => {
      const window = { origin: connectorId, from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" };
      const all = [];
      for await (const batch of readOrders(scope, window)) all.push(...batch);
      return all.map(({ id, total, refund }) => [id, total, refund]);
    };
    const first = await synced(scope, connectorId, system);
    expect(first).toMatchObject({ state: "done", counts: { read: 2, created: 2 } });
    expect((await standing()).sort()).toEqual([
      ["gid://shopify/Order/1", 1_234n, 0n],
      ["gid://shopify/Order/2", 2_000n, 0n],
    ]);
    system.put("people", "gid://shopify/Order/2", { ...other, refunded: "5.00" });
    system.remove("people", "gid://shopify/Order/1");
    const second = await synced(scope, connectorId, system);
    expect(second).toMatchObject({ counts: { changed: 1 }, connector: { gone: 1 } });
    expect(await standing()).toEqual([["gid://shopify/Order/2", 2_000n, 500n]]);
    const changeSets = await scope.db
      .selectFrom("runs")
      .select(["id", "change_set_id"])
      .where("account_id", "=", scope.account.id)
      .execute();
    const setOf = (runId: string) => changeSets.find(({ id }) => id === runId)?.change_set_id ?? "";
    expect(await undoneWholly(scope, setOf(second.id))).toMatchObject({ undone: 2, left: [] });
    expect(await standing()).toHaveLength(2);
    const back = await undoneWholly(scope, setOf(first.id));
    expect(back).toMatchObject({ undone: 2, left: [] });
    expect(await standing()).toEqual([]);
    expect(await undoneWholly(scope, back.changeSetId ?? "")).toMatchObject({ undone: 2, left: [] });
    expect(await standing()).toHaveLength(2);
  });
});

/** From now on a field is not read any more; what it brought is erased. */
async function erased(scope: Scope, connectorId: string, system: SmallSystem, field: string): Promise<void> {
  const fields = orderColumns.filter((column) => column !== field);
  const saved = await saveSelection(scope, connectorId, {
    chosen: { people: { fields, start: null } },
    doors: system.doors,
  });
  expect(saved).toEqual({ ok: true, isErasing: true });
  const erasures = scope.db.selectFrom("field_erasures").select("id").where("account_id", "=", scope.account.id);
  for (const { id } of await erasures.execute()) {
    await eraseFields(scope, id, { subjects, doors: system.doors, signal: never });
  }
}

async function everything(scope: Scope): Promise<string> {
  return JSON.stringify(await tableRows(scope.database, scope.account.id)).toLowerCase();
}

describe.each(databases)("a field of orders that is read no longer, on %s", (engine) => {
  const order = { placedAt: "2026-03-01T10:00:00Z", currency: "EUR", total: "20.00", paymentMethod: "Zymurgy Pay" };

  async function fourOrders() {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = orderSystem();
    for (const n of [1, 2, 3, 4]) system.put("people", `o${n}`, { ...order, number: `#100${n}` });
    const connectorId = await orderSystemConnected(scope);
    await synced(scope, connectorId, system);
    system.put("people", "o2", { ...order, number: "#1002", paymentMethod: "Zymurgy, the second" });
    await synced(scope, connectorId, system);
    return { scope, system, connectorId };
  }

  const kept = async (scope: Scope) => {
    const rows = scope.db.selectFrom("orders").select(["number", "total_minor", "payment_method"]);
    return rows.where("account_id", "=", scope.account.id).orderBy("number").execute();
  };

  test("leaves no trace of what it brought, in orders, versions and what is told of them", async () => {
    const { scope, system, connectorId } = await fourOrders();
    expect(await everything(scope)).toContain("zymurgy, the second");
    await erased(scope, connectorId, system, "paymentMethod");
    expect(await everything(scope)).not.toContain("zymurgy");
    expect(await kept(scope)).toEqual(
      [1, 2, 3, 4].map((n) => ({ number: `#100${n}`, total_minor: 2_000n, payment_method: null })),
    );
    for (const n of [1, 2, 3, 4]) system.put("people", `o${n}`, { ...order, number: `#100${n}`, paymentMethod: "" });
    const run = await synced(scope, connectorId, system, { mode: "whole" });
    expect(run).toMatchObject({ state: "done", counts: { read: 4, changed: 0, refused: 0 } });
  });

  test("takes orders along that do not say any more what they came to", async () => {
    const { scope, system, connectorId } = await fourOrders();
    await erased(scope, connectorId, system, "total");
    expect(await kept(scope)).toEqual([]);
    expect(await everything(scope)).not.toContain('total_minor":"2000');
  });
});
