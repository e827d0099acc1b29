/** A pottery shop of which one order in ten is missing, and one day half of them: who is told of that day, and how often. */
import { describe, expect, test } from "vitest";
import { noticeWords } from "~/features/notices/notice-kinds";
import { listNotices } from "~/features/notices/notices.server";
import { gapNow } from "~/features/reconciliation/gaps/gap-now";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { compareNow, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

/** Ten orders a day from 1 May on; of the day `bad` five are missing, of every other day one, now and then two. */
function weeks(days: number, bad: number | null) {
  const all = Array.from({ length: days * 10 }, (_, n) => ({ n, day: Math.floor(n / 10) }));
  const atOf = (n: number, day: number) => `2026-05-${String(day + 1).padStart(2, "0")}T${10 + (n % 10)}:00:00.000Z`;
  const isMissing = (n: number, day: number) => n % 10 < (day === bad ? 5 : day % 3 === 0 ? 2 : 1);
  return {
    orders: all.map(({ n, day }) => shopOrder(1_001 + n, { createdAt: atOf(n, day) })),
    rows: all.filter(({ n, day }) => !isMissing(n, day)).map(({ n, day }) => purchase(1_001 + n, { at: atOf(n, day) })),
  };
}

describe.each(databases)("a gap on %s", (engine) => {
  async function told(days: number, bad: number | null) {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    await keepShop(scope, weeks(days, bad));
    const id = await reconciliation(scope, { name: "Pottery in Bath" });
    await compareNow(scope, id, { firstDay: "2026-05-01", lastDay: "2026-05-31" });
    await compareNow(scope, id, { firstDay: "2026-05-01", lastDay: "2026-05-31" });
    return { scope, id, notices: await listNotices(scope) };
  }

  test("that leaves its own normal band is told, once, and leads to its reasons", async () => {
    const { id, notices } = await told(20, 19);
    expect(notices).toHaveLength(1);
    const [notice] = notices;
    expect(notice?.title).toBe(
      "“Pottery in Bath”: more orders than usual are missing on 20 May 2026, 50.0% (usually 10.0% to 10.0%)",
    );
    expect(notice?.href).toContain(`/reconciliations/${id}/gaps`);
  });

  test("that is as usual is not, nor is one of which too few days are known, nor one that was days ago", async () => {
    expect((await told(20, null)).notices).toHaveLength(0);
    expect((await told(14, 13)).notices).toHaveLength(0);
    expect((await told(20, 16)).notices).toHaveLength(0);
  });
});

test("the latest day does not widen its own band", () => {
  const days = Array.from({ length: 15 }, (_, n) => ({ day: `2026-05-${10 + n}`, missing: n === 14 ? 9 : 1, of: 10 }));
  expect(gapNow(days)).toMatchObject({ latest: { missing: 9 }, band: { days: 14, median: 0.1 }, leaves: "above" });
  expect(gapNow(days.slice(0, 14))).toMatchObject({ band: null, leaves: null });
  expect(gapNow([])).toBeNull();
});

test("a gap that is smaller than usual is said to be", () => {
  const subject = { reconciliationId: "1", name: "Pottery in Bath", day: "2026-05-20", leaves: "below" as const };
  const shares = { share: 0, low: 0.04, high: 0.1 };
  expect(noticeWords("gap-unusual", { ...subject, ...shares }, null, "de-DE").title).toMatch(
    /fewer orders than usual are missing on 20. Mai 2026, 0,0.% .usually 4,0/,
  );
});
