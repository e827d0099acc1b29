/** A quick audit by its pages: two files in, what is wrong with them said, the result looked at, saved. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readAudit } from "~/features/reconciliation/audit/read-audit.server";
import { findResult } from "~/features/reconciliation/results/find-result.server";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { type Scope } from "~/platform/scope.server";
import { textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { analyticsFile, shopifyFile } from "~/testing/given-audits";
import { openReconciliationPages, reconciliationIn, type ReconciliationHouse } from "~/testing/reconciliation-pages";
import { workbookOf } from "~/testing/workbooks";

const signal = new AbortController().signal;

describe.each(databases)("a quick audit by pages on %s", (engine) => {
  let house: ReconciliationHouse;
  let scope: Scope;
  let base: string;

  beforeAll(async () => {
    house = await openReconciliationPages(engine);
  });
  beforeEach(async () => {
    ({ scope, base } = await house.newFirm());
  });
  afterAll(() => house.site.close());

  const orders = { name: "orders_export.csv", content: shopifyFile };
  const transactions = { name: "purchases.csv", content: analyticsFile };

  async function work(id: string) {
    await readAudit(scope, id, signal);
    const result = await findResult(scope, { reconciliationId: id, runId: null });
    if (result?.atWork) await carryOut(scope, result.atWork.id, { providers: new Map(), signal });
  }

  test("two exports that are recognised go straight to the result, which is saved by one button", async () => {
    expect(textOf(await house.get(`${base}/audit`))).toContain("Everything is deleted after a day");
    const sent = await house.upload(`${base}/audit`, { orders, transactions });
    const id = reconciliationIn(sent);
    const page = `${base}/${id}`;
    expect([sent.status, sent.headers.location]).toEqual([303, `${page}/files`]);
    const waiting = await house.get(`${page}/files`);
    expect(waiting.headers.refresh).toBe("2");
    expect(textOf(waiting)).toContain("The files are read.");
    await work(id);
    const done = await house.get(`${page}/files`);
    expect(done.headers.refresh).toBeUndefined();
    expect(textOf(done)).toContain("orders_export.csv, recognised as an export of Shopify");
    expect(textOf(done)).toMatch(/Line 6 Currency XXQ “XXQ” is no currency that is in use/);
    expect((await house.get(`${page}/files/orders/refused.csv`)).text).toContain("6,Currency,XXQ,");
    const summary = textOf(await house.get(page));
    expect(summary).toContain("orders_export.csv against purchases.csv");
    expect(summary).toContain("It is deleted with them on 11 June 2026");
    const saved = await house.post(`${page}/saving`);
    expect([saved.status, saved.headers.location]).toEqual([303, page]);
    expect(textOf(await house.get(page))).not.toContain("It is deleted with them");
    expect(textOf(await house.get(`${page}/sources`))).toContain("Its own files");
  });

  test("a workbook and a file that nobody knows are asked about, and what is lacking is said beside its field", async () => {
    const workbook = await workbookOf({
      Orders: [
        ["Order no", "When", "Sum", "Paid by"],
        ["1001", "2026-05-04 10:15:00", "46.95", "Card"],
      ],
    });
    const sent = await house.upload(`${base}/audit`, {
      orders: { name: "orders.xlsx", content: workbook },
      transactions: { name: "bought.csv", content: 'Transaction ID,Date,Value\n1001,20260504,"1,234"\n' },
    });
    const page = `${base}/${reconciliationIn(sent)}`;
    expect(sent.headers.location).toBe(`${page}/files/orders`);
    expect(textOf(await house.get(`${page}/files/orders`))).toContain("Paid by");
    const column = (fields: string[]) => fields.map((field): [string, string] => ["column", field]);
    const none = await house.post(`${page}/files/orders`, column(["number", "", "total", "paymentMethod"]));
    expect(none.status).toBe(422);
    expect(textOf(none)).toContain("Choose which column says when it was ordered.");
    expect(textOf(none)).toContain("No column names a currency");
    const right = [...column(["number", "placedAt", "total", "paymentMethod"]), ["currency", "GBP"]] as [
      string,
      string,
    ][];
    expect((await house.post(`${page}/files/orders`, right)).headers.location).toBe(`${page}/files/transactions`);
    const open = await house.post(`${page}/files/transactions`, [
      ...column(["transactionId", "day", "value"]),
      ["currency", "GBP"],
    ]);
    expect([open.status, textOf(open).includes("Amounts like 1,234 may be thousands or decimals")]).toEqual([
      422,
      true,
    ]);
    const told = await house.post(`${page}/files/transactions`, [
      ...column(["transactionId", "day", "value"]),
      ["currency", "GBP"],
      ["decimalMark", "."],
    ]);
    expect([told.status, told.headers.location]).toEqual([303, `${page}/files`]);
    await work(reconciliationIn(sent));
    expect(textOf(await house.get(page))).toContain("4 May 2026");
  });

  test("what is right is kept where the other file is not, and nothing has to be chosen twice", async () => {
    const none = await house.upload(`${base}/audit`, {});
    expect(textOf(none)).toContain("Choose the file of orders.");
    const half = await house.upload(`${base}/audit`, {
      orders,
      transactions: { name: "purchases.csv", content: "" },
    });
    expect(half.status).toBe(422);
    expect(textOf(half)).toContain("purchases.csv: The file is empty.");
    expect(textOf(half)).toContain("“orders_export.csv” is here already.");
    const again = /action="([^"]*audit\?of=[^"]+)"/.exec(half.text)?.[1] ?? "";
    const whole = await house.upload(again, { transactions });
    expect(whole.headers.location).toMatch(/\/files$/);
  });

  test("of another firm is not there", async () => {
    const sent = await house.upload(`${base}/audit`, { orders, transactions });
    const id = reconciliationIn(sent);
    const other = await house.newFirm();
    for (const path of [`${id}/files`, `${id}/files/orders`, `${id}/files/orders/refused.csv`, `audit?of=${id}`]) {
      expect((await house.get(`${other.base}/${path}`)).status).toBe(404);
    }
    expect((await house.post(`${other.base}/${id}/saving`)).status).toBe(404);
    expect((await house.upload(`${other.base}/audit?of=${id}`, { transactions })).status).toBe(404);
  });
});
