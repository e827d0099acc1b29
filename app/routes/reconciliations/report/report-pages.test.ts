/** The report of a comparison: read, printed and saved by whoever has an account. On both databases, without scripts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as report from "~/routes/reconciliations/report/report";
import * as recipients from "~/routes/reconciliations/report/recipients";
import * as reportFile from "~/routes/reconciliations/report/report-file";
import * as publicReport from "~/routes/report/report";
import { textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

const one = "/:account/reconciliations/:reconciliationId";
const routes = {
  [`${one}/report`]: report,
  [`${one}/report/:file`]: reportFile,
  [`${one}/report/recipients`]: recipients,
  "/report/:token": publicReport,
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

  async function cookieOf({ user }: Scope): Promise<string> {
    const { token } = await startSession(installation, user?.id ?? "", "Firefox on a laptop");
    return (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  }

  async function get(path: string, by: Scope = scope): Promise<Answer> {
    return site.ask(`${here}${path}`, { headers: { cookie: await cookieOf(by) } });
  }

  async function post(fields: Record<string, string>, by: Scope = scope): Promise<Answer> {
    const form = formFrom(site.origin, new URLSearchParams(fields).toString());
    return site.ask(`${here}/recipients`, { ...form, headers: { ...form.headers, cookie: await cookieOf(by) } });
  }

  /** The path of a link that was just made. */
  async function link(lastDay = "2026-06-20"): Promise<string> {
    const made = await post({ intent: "link", label: "Mary of the shop", lastDay });
    expect(made.status).toBe(201);
    return /\/report\/[\w-]{65}/.exec(made.text)?.[0] ?? "";
  }

  const idOf = async (button: string) =>
    new RegExp(`value="${button}"/><input type="hidden" name="id" value="([^"]+)"`).exec(
      (await get("/recipients")).text,
    )?.[1] ?? "";

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

  test("is read behind a link by whoever has no account: the report, no navigation, for no search engine", async () => {
    const answer = await site.ask(await link());
    expect(answer.status).toBe(200);
    expect(textOf(answer)).toContain("1 is missing: £44.44");
    expect(answer.text).not.toContain(scope.account.slug);
    expect(answer.text).not.toMatch(/<nav|<form/);
    expect(answer.headers).toMatchObject({ "x-robots-tag": "noindex, nofollow", "cache-control": "no-store" });
    expect(answer.headers["referrer-policy"]).toBe("same-origin");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("is behind a link until its last day is over, or it is taken back", async () => {
    const [ending, revoked] = [await link("2026-06-10"), await link()];
    expect((await post({ intent: "revoke", id: await idOf("revoke") })).status).toBe(303);
    const gone = await site.ask(revoked);
    expect([gone.status, textOf(gone)]).toEqual([410, expect.stringContaining("This link has ended")]);
    expect((await site.ask(ending)).status).toBe(200);
    clock.set("2026-06-11T00:00:00.000Z");
    expect((await site.ask(ending)).status).toBe(410);
    clock.set("2026-06-10T09:00:00.000Z");
    for (const made of ["/report/none", `${ending.slice(0, -1)}${ending.endsWith("A") ? "B" : "A"}`]) {
      const answer = await site.ask(made);
      expect([answer.status, textOf(answer)]).toEqual([404, expect.stringContaining("This link does not work")]);
    }
  });

  test("is mailed to a list: what is wrong is said, and nothing typed is lost", async () => {
    const wrong = await post({ intent: "add", name: "", email: "mary@pots.example, b@c.d", often: "hourly" });
    expect(wrong.status).toBe(422);
    for (const words of ["Say who it is.", "Type one email address", "Choose how often."]) {
      expect(textOf(wrong)).toContain(words);
    }
    expect(wrong.text).toContain("mary@pots.example, b@c.d");
    const mary = { intent: "add", name: "Mary Potts", email: "mary@pots.example", often: "month" };
    expect((await post(mary)).status).toBe(303);
    expect(textOf(await post(mary))).toContain("This address is on the list already.");
    expect(textOf(await get("/recipients"))).toContain(
      "mary@pots.example, after the first scheduled comparison of a month",
    );
    expect((await post({ intent: "send" })).status).toBe(303);
    expect(textOf(await get("/recipients"))).toContain("1 May 2026".slice(2));
    expect((await post({ intent: "remove", id: await idOf("remove") })).status).toBe(303);
    expect(textOf(await get("/recipients"))).toContain("Nobody is on the list yet.");
    expect((await post({ intent: "remove", id: newId() })).status).toBe(404);
    expect((await post({ intent: "burn" })).status).toBe(400);
  });

  test.each([
    ["2026-06-09", "before today"],
    ["2026-09-09", "later than ninety days"],
    ["tomorrow", "no day"],
  ])("gets no link that ends on %s: %s", async (lastDay) => {
    const answer = await post({ intent: "link", label: "Mary", lastDay });
    expect([answer.status, textOf(answer)]).toEqual([422, expect.stringContaining("Choose a day between")]);
  });

  test("is mailed and linked by those alone who may write", async () => {
    const viewer = await given.member(installation, scope.account, "viewer");
    expect((await get("", viewer)).status).toBe(200);
    expect((await get("/recipients", viewer)).status).toBe(403);
    expect((await post({ intent: "send" }, viewer)).status).toBe(403);
    const other = await given.member(installation, await given.account(installation, { name: "Somebody else" }));
    expect((await get("/recipients", other)).status).toBe(404);
    expect((await post({ intent: "send" }, other)).status).toBe(404);
  });
});
