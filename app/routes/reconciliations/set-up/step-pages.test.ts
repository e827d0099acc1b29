/** The steps of setting a reconciliation up: what they find on real rows, what they keep, and what they refuse. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Order } from "~/features/reconciliation/columns/add-order";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { type Scope } from "~/platform/scope.server";
import { messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { compareNow, keepShop, keptForMay, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder, type Shop } from "~/testing/given-shop";
import { openReconciliationPages, type ReconciliationHouse } from "~/testing/reconciliation-pages";

/** So many orders of a morning, one a minute, and what was tracked of each. */
function shopOf(count: number, { order = {}, tracked = {} }: { order?: Partial<Order>; tracked?: object } = {}): Shop {
  const numbers = Array.from({ length: count }, (_, at) => 1001 + at);
  return {
    orders: numbers.map((number) => shopOrder(number, order)),
    rows: numbers.map((number) => purchase(number, tracked)),
  };
}

describe.each(databases)("setting a reconciliation up, by pages on %s", (engine) => {
  let house: ReconciliationHouse;
  let scope: Scope;
  let base: string;
  let id: string;

  beforeAll(async () => {
    house = await openReconciliationPages(engine);
  });
  beforeEach(async () => {
    ({ scope, base } = await house.newFirm());
    id = await reconciliation(scope, { settings: { ...keptForMay, basis: null } });
  });
  afterAll(() => house.site.close());

  const at = (step: string) => `${base}/${id}/${step}`;
  const settings = async () => (await findReconciliation(scope, id))?.settings;
  const ticked = (html: string) =>
    [...html.matchAll(/<input[^>]*checked[^>]*>/g)].map(([input]) => /value="([^"]*)"/.exec(input)?.[1]);

  test("before anything has come in each step can be chosen, and says that it was not tried", async () => {
    for (const step of ["time-and-money", "ids"]) {
      expect(textOf(await house.get(at(step)))).toContain("There are no rows of both sides to try this on yet.");
    }
    expect(textOf(await house.get(at("left-out")))).toContain("There are no orders yet to see their channels.");
  });

  describe("time and money", () => {
    const right = { timeZone: "Europe/Berlin", basis: "total-tax-shipping", absolute: "1", relative: "0.5" };

    test("says on which amount the tracked values are equal, and of how many orders", async () => {
      await keepShop(scope, shopOf(12, { tracked: { value: 4000n } }));
      const page = await house.get(at("time-and-money"));
      const text = textOf(page);
      expect(text).toContain("Tried on 12 orders that were tracked, 12 May 2026.");
      expect(text).toContain("Now that would be: without tax and shipping.");
      expect(text).toMatch(/Without tax and shipping Fits 100.0% of them./);
      expect(text).toMatch(/The whole amount, with tax and shipping Fits 0.0% of them./);
      expect(ticked(page.text)).toEqual(["anew"]);
    });

    test("keeps what is chosen and goes on, or stays to try it again", async () => {
      const saved = await house.post(at("time-and-money"), { ...right, version: "1" });
      expect([saved.status, saved.headers.location]).toEqual([303, at("ids")]);
      expect(await settings()).toMatchObject({
        ...{ timeZone: "Europe/Berlin", basis: "total-tax-shipping" },
        tolerance: { absoluteMinor: 1, basisPoints: 50 },
      });
      const again = await house.post(at("time-and-money"), { ...right, basis: "anew", again: "yes", version: "2" });
      expect(again.headers.location).toBe(at("time-and-money"));
      expect((await settings())?.basis).toBeNull();
    });

    test.each([
      [{ timeZone: "Atlantis" }, "Choose where the days of the analytics begin."],
      [{ basis: "net" }, "Choose what is sent as the value."],
      [{ absolute: "1.5" }, "Enter a whole number, 0 to 1,000,000."],
      [{ relative: "101" }, "Enter per cent from 0 to 100, such as 0.5."],
    ])("%o is refused in words", async (wrong, words) => {
      const answer = await house.post(at("time-and-money"), { ...right, ...wrong, version: "1" });
      expect([answer.status, textOf(answer).includes(words)]).toEqual([422, true]);
      expect((await settings())?.timeZone).toBe("Europe/London");
    });
  });

  describe("order numbers", () => {
    test("says by what orders are found, with an example and the share", async () => {
      await keepShop(scope, shopOf(10));
      const text = textOf(await house.get(at("ids")));
      expect(text).toContain("Tried on 10 tracked purchases, 12 May 2026. Each of them finds an order.");
      expect(text).toContain("Now that would be: The order’s name.");
      expect(text).toMatch(/The order’s name Such as 1010. Fits 100.0% of them./);
      expect(text).toMatch(/The shop’s own id of the order Such as 4507894691010. Fits 0.0% of them./);
      expect(text).not.toContain("The order key");
    });

    test("proposes to leave out what stands before nearly all ids, and tries it once it is approved", async () => {
      const { orders, rows } = shopOf(30);
      const tagged = rows.map((row) => ({ ...row, transactionId: `SHOP-${row.transactionId}` }));
      await keepShop(scope, { orders, rows: tagged });
      const page = await house.get(at("ids"));
      const text = textOf(page);
      expect(text).toContain("30 of them find no order.");
      expect(text).toContain("Leave out “shop-” before the ids that were tracked");
      expect(text).toContain("Of 30 ids without an order, 30 (100.0%) would then find one.");
      expect(text).toContain("Such as: shop-1030 is 1030, shop-1029 is 1029");
      const rule = { of: "tracked-ids", prefix: "shop-", suffix: "" };
      const form = { scheme: "name", affixes: JSON.stringify(rule), again: "yes", version: "1" };
      expect((await house.post(at("ids"), form)).headers.location).toBe(at("ids"));
      expect((await settings())?.idRules).toEqual({ affixes: [rule], keepsLeadingZeros: true });
      const tried = await house.get(at("ids"));
      expect(textOf(tried)).toContain("Each of them finds an order.");
      expect(ticked(tried.text)).toContain(JSON.stringify(rule).replaceAll('"', "&quot;"));
      await house.post(at("ids"), { scheme: "name", dropsZeros: "on", version: "2" });
      expect((await settings())?.idRules).toEqual({ affixes: [], keepsLeadingZeros: false });
    });

    test("what is no type of number is refused in words, and what no page of ours sends at all", async () => {
      const answer = await house.post(at("ids"), { scheme: "colour", version: "1" });
      expect(answer.status).toBe(422);
      expect(textOf(answer)).toContain("Choose by what orders are tracked.");
      for (const affixes of ["shop-", '{"of":"names","prefix":"","suffix":""}', '{"of":"names"}']) {
        expect((await house.post(at("ids"), { scheme: "name", affixes, version: "1" })).status).toBe(400);
      }
    });
  });

  describe("left out", () => {
    const right = { channels: "pos", waitingHours: "48", startDay: "2026-04-01" };

    test("shows the channels that occur with how many, those that are never tracked ticked already", async () => {
      const channels = ["web", "web", "pos", "draft", "phone", ""];
      const orders = channels.map((channel, at) => shopOrder(1001 + at, { channel }));
      const odd = [
        shopOrder(1007, { channel: "web", standing: "test" }),
        shopOrder(1008, { channel: "web", total: 0n }),
      ];
      await keepShop(scope, { orders: [...orders, ...odd], rows: [] });
      const page = await house.get(at("left-out"));
      const text = textOf(page);
      expect(text).toContain("Of 8 orders; 1 do not say through which channel.");
      expect(text).toContain("test orders (1)");
      expect(text).toContain("1 of these come to nothing.");
      expect(text).toMatch(/pos The till in the shop. 1 order\./);
      expect(text).toMatch(/web 4 orders\./);
      expect(ticked(page.text).sort()).toEqual(["draft", "pos"]);
    });

    test("keeps what is chosen, also that nothing is, once it has been compared", async () => {
      await keepShop(scope, { orders: [shopOrder(1001, { channel: "pos" })], rows: [purchase(1001)] });
      const saved = await house.post(at("left-out"), { ...right, leavesOutZero: "on", version: "1" });
      expect([saved.status, saved.headers.location]).toEqual([303, at("schedule")]);
      expect(await settings()).toMatchObject({
        ...{ untrackedChannels: ["pos"], leavesOutZero: true, waitingHours: 48, startDay: "2026-04-01" },
      });
      await compareNow(scope, id);
      const { channels: _, ...none } = right;
      const later = await house.post(at("left-out"), { ...none, version: "2" });
      expect(later.headers.location).toBe(`${base}/${id}`);
      expect(ticked((await house.get(at("left-out"))).text)).toEqual([]);
    });

    test.each([
      [{ waitingHours: "721" }, "Enter a number of hours, 0 to 720."],
      [{ startDay: "1 May" }, "Enter a day, such as 2026-05-01"],
      [{ startDay: "1999-12-31" }, "not before 2000-01-01."],
      [{ channels: "c".repeat(101) }, "Choose among these, 50 at the most."],
    ])("%o is refused in words", async (wrong, words) => {
      const answer = await house.post(at("left-out"), { ...right, ...wrong, version: "1" });
      expect([answer.status, textOf(answer).includes(words)]).toEqual([422, true]);
    });
  });

  describe("when", () => {
    const daily = { every: "day", time: "07:30" };

    test("is the last step: with it the reconciliation is set up, and its page shows when it compares next", async () => {
      const page = await house.get(at("schedule"));
      expect(page.text).toContain('value="08:00"');
      expect(page.text).toContain('aria-label="Step 5 of 5"');
      const saved = await house.post(at("schedule"), { ...daily, version: "1" });
      expect([saved.status, saved.headers.location]).toEqual([303, `${base}/${id}`]);
      expect(messageIn(saved).text).toBe("It is set up. Every day at 07:30.");
      const later = await house.get(at("schedule"));
      expect(textOf(later)).toContain("Thursday, 11 June 2026, 07:30");
      expect(later.text).not.toContain("Step 5 of 5");
      expect(textOf(await house.get(base))).toContain("11 June 2026, 07:30");
    });

    test("what is no time is refused in words, and who was slower sees what somebody else has saved", async () => {
      const wrong = await house.post(at("schedule"), { every: "day", time: "25:00", version: "1" });
      expect([wrong.status, textOf(wrong).includes("Enter a time of day such as 07:30.")]).toEqual([422, true]);
      await house.post(at("schedule"), { ...daily, version: "1" });
      const late = await house.post(at("schedule"), { every: "manual", version: "1" });
      expect(late.status).toBe(422);
      expect(textOf(late)).toContain(
        "Somebody else has just changed this reconciliation. It says now: Every day at 07:30.",
      );
      const version = /name="version" value="(\d+)"/.exec(late.text)?.[1] ?? "";
      expect((await house.post(at("schedule"), { every: "manual", version })).status).toBe(303);
    });
  });
});
