/**
 * Workers that compare are killed with −9 before any of their statements: until one comes to the end nothing is there to
 * see, and what is there then is what is there without a kill.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { type Scope } from "~/platform/scope.server";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { askedFor, storedFindings, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";

const world = { providers: new Map(), signal: new AbortController().signal };
const month = { firstDay: "2026-05-01", lastDay: "2026-05-31" };

/** More findings than one transaction writes: most orders are missing, and of those tracked half are off. */
const COUNT = 5_000;
const orders = Array.from({ length: COUNT }, (_, n) => shopOrder(n));
const rows = orders.flatMap((_, n) => (n % 100 < 20 ? [purchase(n, { value: n % 2 === 0 ? 5195n : 999n })] : []));

describe.each(databases)("a comparison killed on %s", (engine) => {
  async function ended(scope: Scope, runId: string) {
    const run = await scope.db
      .selectFrom("comparison_runs")
      .select(["state", "figures", "hash", "order_count", "row_count", "finding_count", "started_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
    const findings = await storedFindings(scope, runId);
    return { run, findings: findings.map((finding) => ({ ...finding, run_id: "" })) };
  }

  async function killAt({ database, account, clock }: Scope, runId: string, statement: number) {
    const facts = [database.url, database.appRole, account.id, runId, clock.now(), String(statement)];
    const child = spawn(process.execPath, ["--import", "tsx", "app/testing/compare-to-kill.ts", ...facts], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect(signal).toBe("SIGKILL");
  }

  test("ends as if nothing had been", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock("2026-06-10T09:00:00.000Z") });
    await keepShop(scope, { orders, rows });
    const id = await reconciliation(scope);
    const spared = await askedFor(scope, id, month);
    let statements = 0;
    const db = countingHandle(scope.db, () => (statements += 1));
    await carryOut({ ...scope, db }, spared, world);
    const hit = await askedFor(scope, id, month);
    const leftBehind: number[] = [];
    // While it reads, among the findings, and shortly before it would be done.
    for (const statement of [Math.floor(statements / 2), statements - 8, statements - 4]) {
      await killAt(scope, hit, statement);
      const { run, findings } = await ended(scope, hit);
      leftBehind.push(findings.length);
      expect(run).toMatchObject({ state: "running", figures: null, hash: null });
    }
    expect(Math.max(...leftBehind)).toBeGreaterThanOrEqual(4_000);
    await carryOut(scope, hit, world);
    expect(await ended(scope, hit)).toEqual(await ended(scope, spared));
  }, 60_000);
});
