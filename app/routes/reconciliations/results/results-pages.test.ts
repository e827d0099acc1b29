/** What a comparison found, as whoever looks after the shop sees it and decides about it: on both databases, without scripts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import * as annotation from "~/routes/reconciliations/results/annotation";
import * as annotationRemoval from "~/routes/reconciliations/results/annotation-removal";
import * as findings from "~/routes/reconciliations/results/findings";
import * as findingsFile from "~/routes/reconciliations/results/findings-file";
import * as gaps from "~/routes/reconciliations/results/gaps";
import * as match from "~/routes/reconciliations/results/match";
import * as order from "~/routes/reconciliations/results/order";
import * as orderAside from "~/routes/reconciliations/results/order-aside";
import * as row from "~/routes/reconciliations/results/row";
import * as rowAside from "~/routes/reconciliations/results/row-aside";
import * as summary from "~/routes/reconciliations/results/summary";
import * as trend from "~/routes/reconciliations/results/trend";
import * as unmatch from "~/routes/reconciliations/results/unmatch";
import * as withdrawal from "~/routes/reconciliations/results/withdrawal";
import { textOf } from "~/testing/connector-pages";
import { countStatements } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, compareNow, keepShop, keptForMay, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { type Answer, formFrom, type RouteModule, type Site, startSite } from "~/testing/site";

const one = "/:account/reconciliations/:reconciliationId";
const routes = {
  [one]: summary,
  [`${one}/findings`]: findings,
  [`${one}/findings/:file`]: findingsFile,
  [`${one}/gaps`]: gaps,
  [`${one}/trend`]: trend,
  [`${one}/trend/annotation`]: annotation,
  [`${one}/annotations/:annotationId/removal`]: annotationRemoval,
  [`${one}/orders/:orderKey`]: order,
  [`${one}/orders/:orderKey/match`]: match,
  [`${one}/orders/:orderKey/unmatch`]: unmatch,
  [`${one}/orders/:orderKey/aside`]: orderAside,
  [`${one}/rows/:rowId`]: row,
  [`${one}/rows/:rowId/aside`]: rowAside,
  [`${one}/decisions/:decisionId/withdrawal`]: withdrawal,
} as unknown as Record<string, RouteModule>;

/** A May of a pottery shop: 1001 as it should be, 1002 without its tax, 1003 twice, 1004 missing with a look-alike, 1005 a test. */
const orders = [
  shopOrder(1001),
  shopOrder(1002, { total: 10000n, tax: 1500n }),
  shopOrder(1003, { total: 3000n }),
  shopOrder(1004, { total: 4444n, paymentMethod: "PayPal" }),
  shopOrder(1005, { total: 700n, standing: "test" }),
];
const rows = [
  purchase(1001),
  purchase(1002, { value: 8500n }),
  purchase(1003, { value: 3000n }),
  purchase(1003, { id: "reload", value: 3000n, at: "2026-05-12T10:20:00.000Z" }),
  purchase(77, { id: "stray/7", transactionId: "T-77", value: 4444n, at: "2026-05-12T10:18:00.000Z" }),
  purchase(1, { id: "first", transactionId: "(not set)", at: "2026-05-01T09:00:00.000Z", value: 1n }),
  purchase(2, { id: "last", transactionId: "", at: "2026-05-31T09:00:00.000Z", value: 1n }),
];
const month = { firstDay: "2026-05-01", lastDay: "2026-05-31" };

function keyOf(number: number): string {
  return encodeURIComponent(`0:gid://shopify/Order/${4507894690000 + number}`);
}

describe.each(databases)("the result of a comparison on %s", (engine) => {
  const clock = testClock("2026-06-10T09:00:00.000Z");
  let site: Site;
  let installation: InstallationScope;
  let scope: Scope;
  let cookie: string;
  let id: string;
  let here: string;

  beforeAll(async () => {
    site = await startSite({ routes, engine, clock });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.9" });
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    await keepShop(scope, { orders, rows });
    id = await reconciliation(scope, { name: "Pottery in Bath" });
    here = `/${scope.account.slug}/reconciliations/${id}`;
    cookie = await cookieOf(scope);
  });

  async function cookieOf({ user }: Scope): Promise<string> {
    const { token } = await startSession(installation, user?.id ?? "", "Firefox on a laptop");
    return (await hostCookie(installation.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  }

  const get = (path: string): Promise<Answer> => site.ask(`${here}${path}`, { headers: { cookie } });
  const post = (path: string, fields: Record<string, string> = {}): Promise<Answer> => {
    const form = formFrom(site.origin, new URLSearchParams(fields).toString());
    return site.ask(`${here}${path}`, { ...form, headers: { ...form.headers, cookie } });
  };
  const compare = () => compareNow(scope, id, month);

  test("is not there before anything was compared: the summary says so, the rest leads there", async () => {
    const first = await get("");
    expect([first.status, textOf(first)]).toEqual([200, expect.stringContaining("Nothing was compared yet")]);
    expect(textOf(first)).toContain("Compare now");
    for (const path of ["/findings", "/gaps", "/trend", `/orders/${keyOf(1001)}`]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.location]).toEqual([302, here]);
    }
    await askedFor(scope, id);
    expect(textOf(await get(""))).toContain("A comparison waits for its turn.");
  });

  test("is summed up: where each lies, a bridge that closes, rates, breakdowns that add up", async () => {
    await compare();
    const text = textOf(await get(""));
    // £51.95 + £100.00 + £30.00 + £44.44 that take part, of which £44.44 are missing.
    expect(text).toContain("1 missing, £44.44");
    expect(text).toContain("found, 3 of 4 75.0%");
    expect(text).toMatch(/Shop, all that take part £226.39 missing -£44.44 other values -£15.00 counted twice £30.00/);
    expect(text).toContain("Analytics £241.41");
    expect(text).toContain("Unexplained: £0.00");
    expect(text).toContain("the true rate lies between 30.1% – 95.4%");
    expect(text).toContain("A test order : 1");
    expect(text).toMatch(/PayPal 1 £44.44 0 1 £44.44 100.0% card/);
    expect(text).toMatch(/card 3 £181.95 3 0 0.0% All 4/);
    expect(textOf(await get("?by=day"))).toMatch(/12 May 2026 4 £226.39 3 1 £44.44 25.0% 1/);
  });

  test("of an earlier run stays to be looked at", async () => {
    const earlier = await compare();
    await post(`/orders/${keyOf(1004)}/aside`, { reason: "Ordered by the shop itself" });
    await compare();
    expect(textOf(await get(""))).toContain("none missing");
    const text = textOf(await get(`?run=${earlier}`));
    expect(text).toContain("This is an earlier comparison.");
    expect(text).toContain("1 missing, £44.44");
    expect((await get(`?run=${newId()}`)).status).toBe(404);
    expect((await get("?run=last")).status).toBe(404);
  });

  test("is listed by where each lies, narrowed, looked up and taken along as a file", async () => {
    await compare();
    const missing = textOf(await get("/findings"));
    expect(missing).toMatch(/#1004 12 May 2026.* PayPal web £44.44 Not known A look-alike/);
    expect(textOf(await get("/findings?bucket=value-mismatch"))).toMatch(
      /#1002 .*£100.00 £85.00 -£15.00 Differs by exactly the tax/,
    );
    expect(textOf(await get("/findings?side=row&bucket=unusable-id"))).toContain("(not set)");
    expect(textOf(await get("/findings?method=card"))).toContain("None is like this.");
    const found = await get("/findings?id=1002");
    expect([found.status, found.headers.location]).toEqual([302, `${here}/orders/${keyOf(1002)}`]);
    expect((await get("/findings?id=T-77")).headers.location).toBe(`${here}/rows/${encodeURIComponent("stray/7")}`);
    expect(textOf(await get("/findings?id=4711"))).toContain("No order and no purchase compared here goes by “4711”.");
    const csv = await get("/findings/findings.csv?bucket=value-mismatch");
    expect(csv.headers["content-disposition"]).toContain("Pottery in Bath, another value.csv");
    expect(csv.text.split("\r\n")[1]).toContain("#1002");
    expect(csv.text.split("\r\n")[1]).toContain("100.00,GBP,85.00,GBP,-15.00,Differs by exactly the tax");
    const json = JSON.parse((await get("/findings/findings.json?side=row&bucket=unexpected")).text) as object[];
    expect(json).toMatchObject([
      { purchase: "T-77", amount_minor: "4444", look_alike: `0:gid://shopify/Order/4507894691004` },
    ]);
    expect((await get("/findings/findings.xlsx")).text.slice(0, 2)).toBe("PK");
    expect((await get("/findings/findings.pdf")).status).toBe(404);
    const bad = await get("/findings/findings.csv?until=soon");
    expect([bad.status, bad.headers.location]).toEqual([302, `${here}/findings?until=soon`]);
  });

  test("what cannot be meant is told, with a status that says so", async () => {
    await compare();
    const bad = [
      ["/findings?from=31.5.2026", "“31.5.2026” is no day."],
      ["/findings?from=2026-05-20&until=2026-05-10", "The last day lies before the first."],
      ["/findings?currency=XYZ", "“XYZ” is no currency."],
      ["/trend?from=2026-02-31", "“2026-02-31” is no day."],
    ] as const;
    for (const [path, words] of bad) {
      const answer = await get(path);
      expect([answer.status, textOf(answer)]).toEqual([422, expect.stringContaining(words)]);
    }
    for (const path of ["/findings?after=%00", "/findings?id=%00%ff", "/findings?bucket=%F0", "/trend?method=%00"]) {
      expect((await get(path)).status, path).toBe(200);
    }
    for (const path of ["/orders/0:none", "/orders/9:1", "/rows/none", "/rows/none/aside"]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test("takes at most six statements a page, however it is looked at", async () => {
    await compare();
    const statements = countStatements(site.world.database);
    const paths = ["", "/findings?channel=web&method=PayPal&sort=amount", "/findings?id=4711", "/gaps", "/trend"];
    for (const path of [
      ...paths,
      `/orders/${keyOf(1003)}`,
      `/orders/${keyOf(1001)}`,
      `/orders/${keyOf(1004)}`,
      "/rows/reload",
    ]) {
      await get(path);
      statements();
      await get(path);
      // The frame takes one more.
      expect(statements(), path).toBeLessThanOrEqual(5);
    }
  });

  test("one order is seen on both sides, with what became of it at each comparison", async () => {
    await compare();
    const twice = textOf(await get(`/orders/${keyOf(1003)}`));
    expect(twice).toContain("Matched");
    expect(twice).toMatch(/Belongs to an order\. .*Counted twice\. /);
    expect(twice).toContain("The same value. It has the value of the purchase that counts.");
    const other = textOf(await get(`/orders/${keyOf(1002)}`));
    expect(other).toContain("Another value: differs by exactly the tax");
    expect(other).toContain("Difference -£15.00");
    expect(textOf(await get(`/orders/${keyOf(1001)}`))).toContain("It was tracked with the value that the shop has.");
    expect(textOf(await get(`/orders/${keyOf(1005)}`))).toContain("Left out: a test order");
    expect(textOf(await get("/rows/reload"))).toContain("Counted twice");
    expect(textOf(await get(`/rows/${encodeURIComponent("stray/7")}`))).toContain("Is this its order?");
  });

  test("an order is shown with its purchase where the shop tracks it under a word of its own", async () => {
    await keepShop(scope, { orders: [shopOrder(1006)], rows: [purchase(1006, { transactionId: "WEB-1006" })] });
    const affixes = [{ of: "tracked-ids" as const, prefix: "web-", suffix: "" }];
    const settings = { ...keptForMay, idRules: { affixes, keepsLeadingZeros: true } };
    const other = await reconciliation(scope, { name: "Pottery, by its web ids", settings });
    await compareNow(scope, other, month);
    here = `/${scope.account.slug}/reconciliations/${other}`;
    const text = textOf(await get(`/orders/${keyOf(1006)}`));
    expect(text).toContain("It was tracked with the value that the shop has.");
    expect(text).toContain("WEB-1006");
  });

  test("a look-alike is matched by a person, which holds at the next comparison and until it is withdrawn", async () => {
    await compare();
    const page = await get(`/orders/${keyOf(1004)}`);
    expect(textOf(page)).toContain("Is this the same purchase?");
    const way = `/orders/${keyOf(1004)}/match?row=${encodeURIComponent("stray/7")}`;
    expect(page.text).toContain(`${here}${way}`);
    expect(textOf(await get(way))).toMatch(/£44.44 £44.44/);
    clock.advance(60_000);
    const decided = await post(way, { row: "stray/7" });
    expect([decided.status, decided.headers.location]).toEqual([303, `${here}/orders/${keyOf(1004)}`]);
    expect(textOf(await get(`/orders/${keyOf(1004)}`))).toContain("Counts from the next comparison on.");
    await compare();
    const after = await get(`/orders/${keyOf(1004)}`);
    expect(textOf(after)).toContain("Found by A person’s decision");
    const withdraw = /decisions\/[0-9a-f-]{36}\/withdrawal/.exec(after.text)?.[0] ?? "";
    expect((await post(`/${withdraw}`)).headers.location).toBe(`${here}/orders/${keyOf(1004)}`);
    expect((await post(`/${withdraw}`)).status).toBe(303);
    await compare();
    const history = textOf(await get(`/orders/${keyOf(1004)}`));
    expect(history).toContain(`withdrawn by ${scope.user?.name ?? ""}`);
    expect(history).toMatch(/Missing: not known .*Matched .*Missing: not known/);
  });

  test("a purchase is chosen by its id, taken from its order, and set aside with a reason", async () => {
    await compare();
    const asked = textOf(await get(`/orders/${keyOf(1004)}/match?id=T-77`));
    expect(asked).toContain("Which one?");
    const none = await get(`/orders/${keyOf(1004)}/match?id=T-78`);
    expect([none.status, textOf(none)]).toEqual([422, expect.stringContaining("has no purchase by this id")]);
    expect((await post(`/orders/${keyOf(1004)}/match`, { row: "nothing" })).status).toBe(422);
    await post(`/orders/${keyOf(1002)}/unmatch`, { row: "row-1002" });
    const empty = await post("/rows/reload/aside", { reason: "  " });
    expect([empty.status, textOf(empty)]).toEqual([422, expect.stringContaining("Give the reason")]);
    expect((await post("/rows/reload/aside", { reason: "x".repeat(301) })).status).toBe(422);
    expect((await post("/rows/reload/aside", { reason: "The page was reloaded" })).status).toBe(303);
    await compare();
    expect(textOf(await get(`/orders/${keyOf(1002)}`))).toContain("Missing");
    expect(textOf(await get("/findings?side=row&bucket=unexpected"))).toContain("1002");
    const aside = textOf(await get("/rows/reload"));
    expect(aside).toContain("Set aside : The page was reloaded");
  });

  test("is nobody's of another account, and no viewer decides", async () => {
    const runId = await compare();
    const mine = { here, cookie };
    const other = await given.member(installation, await given.account(installation, { name: "Okafor & Lindqvist" }));
    await keepShop(other, { orders, rows });
    const theirs = await reconciliation(other);
    const theirRun = await compareNow(other, theirs, month);
    expect((await get(`?run=${theirRun}`)).status).toBe(404);
    cookie = await cookieOf(other);
    for (const path of [
      "",
      "/findings",
      "/findings/findings.csv",
      "/gaps",
      "/trend",
      `/orders/${keyOf(1001)}`,
      `?run=${runId}`,
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    here = mine.here.replace(scope.account.slug, other.account.slug);
    for (const path of ["", `/orders/${keyOf(1001)}`]) expect((await get(path)).status, path).toBe(404);
    const viewer = await given.member(installation, scope.account, "viewer");
    [here, cookie] = [mine.here, await cookieOf(viewer)];
    expect(textOf(await get(`/orders/${keyOf(1004)}`))).not.toContain("Match them");
    expect((await get(`/orders/${keyOf(1004)}/match`)).status).toBe(403);
    expect((await post(`/orders/${keyOf(1004)}/aside`, { reason: "Not mine to say" })).status).toBe(403);
  });

  test("shows why orders are missing, and how it goes day by day", async () => {
    await compare();
    const text = textOf(await get("/gaps"));
    expect(text).toMatch(/Not known .* 1 100.0% £44.44/);
    expect(text).toContain("of the orders that nothing else explains (1 of 4) were never seen.");
    expect(text).toContain("Whether that is usual is known from fourteen settled days on.");
    expect(text).toContain("Another value: differs by exactly the tax");
    const days = textOf(await get("/trend"));
    expect(days).toContain("25.0% of the orders are missing: 1 of 4.");
    expect(textOf(await get("/trend?method=card"))).toContain("0.0% of the orders are missing: 0 of 3.");
    expect(textOf(await get("/trend?from=2026-05-13"))).toContain("No orders take part on these days.");
  });

  test("what happened on a day is written beside it, seen in the trend, and taken away again", async () => {
    await compare();
    const empty = await post("/trend/annotation", { day: "12 May", text: " " });
    expect([empty.status, textOf(empty)]).toEqual([
      422,
      expect.stringMatching(/Choose the day\. .*Write what happened\./),
    ]);
    const early = await post("/trend/annotation", { day: "2027-01-01", text: "The year after" });
    expect([early.status, textOf(early)]).toEqual([422, expect.stringContaining("That day is still to come.")]);
    const words = { day: "2026-05-12", text: "New cookie banner <b>" };
    expect((await post("/trend/annotation", words)).headers.location).toBe(`${here}/trend`);
    const page = await get("/trend");
    expect(page.text).toContain("1 of 4 missing. New cookie banner &lt;b&gt;");
    expect(textOf(page)).toMatch(/12 May 2026 4 2 1 1 0 0 25.0% New cookie banner/);
    const removal = /annotations\/[0-9a-f-]{36}\/removal/.exec(page.text)?.[0] ?? "";
    expect((await post(`/${removal}`)).status).toBe(303);
    expect((await post(`/${removal}`)).status).toBe(404);
    expect(textOf(await get("/trend"))).toContain("Nothing is written beside any day.");
  });
});
