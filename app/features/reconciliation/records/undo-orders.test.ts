/** Runs of a shop's orders are undone and redone as those of contacts are: no receipt of another run becomes untrue by it. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { stopUndo } from "~/features/changes/open-undo.server";
import { type Restorer, undoChangeSet } from "~/features/changes/undo.server";
import { listNotices } from "~/features/notices/notices.server";
import "~/features/reconciliation/records/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { synced } from "~/testing/given-syncs";
import { howItEnded, undoneWholly } from "~/testing/given-undo";
import { orderSystem, orderSystemConnected } from "~/testing/order-system";

const order = (n: number) => ({
  ...{ number: `#${1_000 + n}`, placedAt: "2026-03-01T10:00:00Z", currency: "EUR", total: "20.00" },
});

async function shopOf(engine: (typeof databases)[number], count: number) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = orderSystem();
  system.pageSize = 100;
  for (let n = 0; n < count; n++) system.put("people", `o${n}`, order(n));
  const connectorId = await orderSystemConnected(scope);
  const first = await synced(scope, connectorId, system);
  return { scope, system, connectorId, first };
}

/** How many there are, by how many numbers, and how many of them were paid back in part. */
async function standing(scope: Scope) {
  const rows = await scope.db
    .selectFrom("orders")
    .select(["number", "refunded_minor"])
    .where("account_id", "=", scope.account.id)
    .where("gone_at", "is", null)
    .execute();
  const refunded = rows.filter(({ refunded_minor }) => Number(refunded_minor ?? 0) > 0);
  return [rows.length, new Set(rows.map(({ number }) => number)).size, refunded.length];
}

const newest = async (scope: Scope) => (await listNotices(scope))[0]?.title;

describe.each(databases)("undoing runs of orders on %s", (engine) => {
  test("is told as what it was of", async () => {
    const { scope, first } = await shopOf(engine, 2);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    expect(await newest(scope)).toBe("The undo of the run of “Kettles of Brandt” is done: 2 orders");
    expect(undone.undone).toBe(2);
  });

  /** Many orders came in, that was undone, and of the redo only the first batch was done. Its own change set. */
  async function halfRedone() {
    const { scope, first, ...rest } = await shopOf(engine, 350);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    expect(await standing(scope)).toEqual([0, 0, 0]);
    const asked = await undoChangeSet(scope, undone.changeSetId ?? "", undoing);
    const undoId = asked.ok && "undoId" in asked ? asked.undoId : "";
    const own = (await howItEnded(scope, undoId)).changeSetId ?? "";
    const order: Restorer = async (scope, entries, undone) => {
      await stopUndo(scope, own);
      return (await undoing.restorers.order?.(scope, entries, undone)) ?? { entries: [], leftAlone: [] };
    };
    const stopping = { ...undoing, restorers: { ...undoing.restorers, order } };
    await continueUndo(scope, undoId, { undoing: stopping, signal: new AbortController().signal });
    expect(await howItEnded(scope, undoId)).toMatchObject({ state: "failed", undone: 300 });
    expect(await standing(scope)).toEqual([300, 300, 0]);
    return { scope, ...rest, own };
  }

  test("in part only where a redo broke off: what it did not come to is taken in by the next run, once", async () => {
    const { scope, system, connectorId } = await halfRedone();
    for (const n of [1, 348]) system.put("people", `o${n}`, { ...order(n), refunded: "5.00" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { created: 50 }, connector: { mode: "whole", stored: 350 } });
    expect(await standing(scope)).toEqual([350, 350, 2]);
  });

  test("leaves alone what another run has brought since the redo: its receipt goes on being true", async () => {
    const { scope, system, connectorId, own } = await halfRedone();
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { created: 50, same: 300 }, connector: { stored: 350 } });
    const undone = await undoneWholly(scope, own);
    expect(undone).toMatchObject({ undone: 0 });
    expect(undone.left).toHaveLength(300);
    expect(undone.left[0]).toMatchObject({ what: "all of it", why: "another run has it, too" });
    expect(await standing(scope)).toEqual([350, 350, 0]);
    const next = await synced(scope, connectorId, system, { mode: "whole" });
    expect(next).toMatchObject({ counts: { created: 0, same: 350 }, connector: { stored: 350 } });
    expect(await standing(scope)).toEqual([350, 350, 0]);
  });

  test("again after a redo and a run that changed some: these stay, and the next run reads the others", async () => {
    const { scope, system, connectorId, first } = await shopOf(engine, 10);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await standing(scope)).toEqual([10, 10, 0]);
    for (const n of [1, 8]) system.put("people", `o${n}`, { ...order(n), refunded: "5.00" });
    expect(await synced(scope, connectorId, system)).toMatchObject({ counts: { changed: 2, same: 8 } });
    const again = await undoneWholly(scope, redone.changeSetId ?? "");
    expect([again.undone, again.left.length]).toEqual([8, 2]);
    expect(await standing(scope)).toEqual([2, 2, 2]);
    const next = await synced(scope, connectorId, system);
    expect(next).toMatchObject({ state: "done", counts: { created: 8, same: 2 }, connector: { stored: 10 } });
    expect(await standing(scope)).toEqual([10, 10, 2]);
  });
});
