/** Taking away that is at work, broke off or was cancelled: what is told of it, what stays, and how it is gone on with. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { continueSync, giveUpSync } from "~/features/connectors/runs/continue-sync.server";
import { startAgain } from "~/features/connectors/runs/start-again.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { howFar } from "~/features/pipeline/run/run";
import "~/features/connectors/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { type smallSystem } from "~/testing/small-system";
import { carriedOut, ledger, names } from "~/testing/given-ledger";

const { signal } = new AbortController();

describe.each(databases)("taking away what a connector brought, cut short, on %s", (engine) => {
  test("that broke off is started again, also when the connector is deleted by now", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const deleted = await deleteConnector(scope, connectorId, { takesAway: system.provider });
    const first = (deleted.ok && deleted.runId) || "";
    await giveUpSync(scope, first, { subjects, doors: system.doors });
    expect((await runOf(scope, first)).state).toBe("failed");
    const second = await startAgain(scope, first, system.doors);
    expect(second).toMatchObject({ ok: true, mode: "answer" });
    const secondId = (second.ok && second.runId) || "";
    expect(await startAgain(scope, first, system.doors)).toEqual({ ok: false, reason: "at-work" });
    await cancelAnyRun(scope, secondId);
    expect((await names(scope)).map(([, , state]) => state)).toEqual(["here", "here", "here"]);
    const third = await startAgain(scope, secondId, system.doors);
    const run = await carriedOut(scope, third.ok ? third.runId : null, system);
    expect([run.state, run.connector?.gone]).toEqual(["done", 3]);
    expect((await names(scope)).map(([, , state]) => state)).toEqual(["here", "archived", "archived"]);
    for (const id of [first, secondId, run.id]) {
      expect(await startAgain(scope, id, system.doors)).toEqual({ ok: false, reason: "not-this" });
    }
  });

  /** Its subjects, with `stop` called when the first of its batches is through. */
  async function stoppedAfterOne(scope: Scope, stop: (scope: Scope) => unknown) {
    const contacts = subjects.contacts && (await subjectFor(scope, subjects.contacts));
    if (!contacts?.sourced) throw new Error("Contacts come from connectors");
    const { forAccount: _, sourced, ...others } = contacts;
    const withdraw: typeof sourced.withdraw = async (scope, gone) => {
      const withdrawn = await sourced.withdraw(scope, gone);
      await stop(scope);
      return withdrawn;
    };
    return { ...subjects, contacts: { ...others, sourced: { ...sourced, withdraw } } };
  }

  async function cancelledAfterOne(scope: Scope, runId: string, system: ReturnType<typeof smallSystem>) {
    const stopping = await stoppedAfterOne(scope, (scope) => cancelAnyRun(scope, runId));
    await continueSync(scope, runId, { subjects: stopping, doors: system.doors, signal });
    return runOf(scope, runId);
  }

  /** More than are taken away at once; one was never taken in. */
  async function manyPeople() {
    const { scope, system, connectorId } = await ledger(engine);
    for (let n = 4; n < 310; n++)
      system.put("people", `p${n}`, { given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });
    system.put("people", "p310", { given: "Ann", family: "Okafor", email: "ann at okafor" });
    system.pageSize = 100;
    await synced(scope, connectorId, system);
    return { scope, system, connectorId };
  }

  test("says while it is at work how many of all that came from there it has taken away", async () => {
    const { scope, system, connectorId } = await manyPeople();
    const taken = await takeAway(scope, connectorId, system.provider);
    const runId = (taken.ok && taken.runId) || "";
    expect(howFar(await runOf(scope, runId))).toEqual({ done: 0, total: null });
    const worker = new AbortController();
    const stopping = await stoppedAfterOne(scope, () => worker.abort());
    const cut = continueSync(scope, runId, { subjects: stopping, doors: system.doors, signal: worker.signal });
    await expect(cut).rejects.toThrow("aborted");

    const run = await runOf(scope, runId);
    expect([run.state, howFar(run)]).toEqual(["running", { done: 300, total: 309 }]);
    const through = await carriedOut(scope, runId, system);
    expect([through.state, through.connector?.gone, howFar(through)]).toEqual(["done", 309, { done: 309, total: 309 }]);
  });

  test("that is cancelled leaves what it has not come to as it was, whatever is read next", async () => {
    const { scope, system, connectorId } = await manyPeople();
    const states = async () => {
      const rows = scope.db
        .selectFrom("source_records")
        .select((eb) => ["state", eb.fn.countAll<number>().as("count")]);
      const ofAll = rows.where("account_id", "=", scope.account.id).where("connector_id", "=", connectorId);
      return Object.fromEntries((await ofAll.groupBy("state").execute()).map((row) => [row.state, Number(row.count)]));
    };
    expect(await states()).toEqual({ standing: 309, refused: 1 });
    const here = async () => (await names(scope)).filter(([, , state]) => state === "here").length;

    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await cancelledAfterOne(scope, (taken.ok && taken.runId) || "", system);
    expect(run.state).toBe("cancelled");
    expect(run.log.at(-1)).toBe("Cancelled. 300 records were taken away until then, and that stays so.");
    const gone = run.connector?.gone ?? 0;
    expect([gone > 100, await states()]).toEqual([true, { gone, standing: 309 - gone, refused: 1 }]);
    // One of them is known by hand, too.
    expect(await here()).toBe(310 - gone);
    // It is refused once more.
    const refused = await synced(scope, connectorId, system, { mode: "refused" });
    expect([refused.state, refused.connector?.gone, await here()]).toEqual(["attention", 0, 310 - gone]);
    // What was taken away is there again with the next reading, and can be put back before.
    await undoneWholly(scope, run.changeSetId ?? "");
    expect(await here()).toBe(309);
  });

  test("is not started again once the connector has read since, nor when what it took was put back", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const notThis = { ok: false, reason: "not-this" };
    const cancelled = async () => {
      const taken = await takeAway(scope, connectorId, system.provider);
      const runId = (taken.ok && taken.runId) || "";
      await cancelAnyRun(scope, runId);
      return runId;
    };
    const before = await cancelled();
    await synced(scope, connectorId, system);
    expect(await startAgain(scope, before, system.doors)).toEqual(notThis);

    const taken = await takeAway(scope, connectorId, system.provider);
    const runId = (taken.ok && taken.runId) || "";
    await carriedOut(scope, runId, system);
    await scope.db
      .updateTable("runs")
      .set({ state: "failed" })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .execute();
    await undoneWholly(scope, (await runOf(scope, runId)).changeSetId ?? "");
    expect(await startAgain(scope, runId, system.doors)).toEqual(notThis);
  });
});
