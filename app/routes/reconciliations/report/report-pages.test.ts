/** The report of a comparison: read, printed and saved by whoever has an account. On both databases, without scripts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as report from "~/routes/reconciliations/report/report";
import * as reportFile from "~/routes/reconciliations/report/report-file";
import { textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { type Answer, type RouteModule, type Site, startSite } from "~/testing/site";

const one = "/:account/reconciliations/:reconciliationId";
const routes = {
  [`${one}/report`]: report,
  [`${one}/report/:file`]: reportFile,
} as unknown as Record<string, RouteModule>;

/** 1001 as it should be, 1002 without its tax, 1003 twice, 1004 missing. */
const orders = [
  shopOrder(1001),
  shopOrder(1002, { total: 10000n, tax: 1500n }),
  shopOrder(1003, { total: 3000n }),
  shopOrder(1004, { total: 4444n, paymentMethod: "PayPal" }),
];
const rows = [
  purchase(1001),
  purchase(1002, { value: 8500n }),
  purchase(1003, { value: 3000n }),
  purchase(1003, { id: "reload", value: 3000n, at: "2026-05-12T10:20:00.000Z" }),
  purchase(1, { id: "first", transactionId: "(not set)", at: "2026-05-01T09:00:00.000Z", value: 1n }),
  purchase(2, { id: "last", transactionId: "", at: "2026-05-31T09:00:00.000Z", value: 1n }),
];

describe.each(databases)("the report of a comparison on %s", (engine) => {
  const clock = testClock("2026-06-10T09:00:00.000Z");
  let site: Site;
  let installation: InstallationScope;
  let scope: Scope;
  let here: string;

  beforeAll(async () => {
    site = await startSite({ routes, engine, clock });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    await keepShop(scope, { orders, rows });
    const id = await reconciliation(scope, { name: "Pottery in Bath" });
    here = `/${scope.account.slug}/reconciliations/${id}/report`;
    await compareNow(scope, id, { firstDay: "2026-05-01", lastDay: "2026-05-31" });
  });

  async function get(path: string, by: Scope = scope): Promise<Answer> {
    const { token } = await startSession(installation, by.user?.id ?? "", "Firefox on a laptop");
    const cookie = (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
    return site.ask(`${here}${path}`, { headers: { cookie } });
  }

  test("says in words what was sold, what is missing, what it comes to and what to do", async () => {
    const answer = await get("");
    expect(answer.status).toBe(200);
    const text = textOf(answer);
    expect(text).toContain("Of 4 orders that could have been tracked, 3 were: 75.0%.");
    expect(text).toContain("1 is missing: £44.44 that the shop sold and the analytics does not know of.");
    expect(text).toContain("Stop purchases from being counted twice");
    expect(text).toContain("Most often: differs by exactly the tax (1).");
    expect(text).toContain("Have an order’s number sent with each purchase");
    expect(text).toMatch(/Analytics\s*£196\.97/);
    for (const link of ["findings.csv", "findings.xlsx", "report.pdf", "report.json"]) {
      expect(answer.text).toContain(link);
    }
  });

  test("is a PDF, and JSON with the figures as they are kept", async () => {
    const pdf = await get("/report.pdf");
    expect([pdf.status, pdf.headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect(pdf.text.startsWith("%PDF")).toBe(true);
    const json = JSON.parse((await get("/report.json")).text) as object;
    expect(json).toMatchObject({
      reconciliation: { name: "Pottery in Bath" },
      run: { firstDay: "2026-05-01", lastDay: "2026-05-31", timeZone: "Europe/London" },
      orders: { missing: 1, matched: 2, "value-mismatch": 1 },
      gaps: { missing: 1, reasons: [{ orders: 1, amounts: [{ currency: "GBP", amount: "4444" }] }] },
    });
    expect((await get("/report.docx")).status).toBe(404);
  });

  test("is not there for another account’s user, nor of a run that is none of its own", async () => {
    const other = await given.member(installation, await given.account(installation, { name: "Somebody else" }));
    for (const path of ["", "/report.pdf", "/report.json"]) expect((await get(path, other)).status).toBe(404);
    expect((await get(`?run=${newId()}`)).status).toBe(404);
  });
});
