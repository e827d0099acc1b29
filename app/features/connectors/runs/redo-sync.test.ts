/** What a run of a connector did is redone once, to its end or in part: nobody is here twice, and no receipt becomes untrue. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { howToUndoNow } from "~/features/changes/how-to-undo.server";
import { findChange } from "~/features/changes/list-changes.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { resumeUndo, stopUndo } from "~/features/changes/open-undo.server";
import { type OwnWay, type Restorer, undoChangeSet } from "~/features/changes/undo.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { databases } from "~/testing/databases";
import { contactsOf, runOf, synced } from "~/testing/given-syncs";
import { howItEnded, runUndoJob, undoneWholly } from "~/testing/given-undo";
import { goneOn, manyPeople, person, tenPeople } from "~/testing/given-undone-runs";

describe.each(databases)("a run of a connector that was undone, on %s", (engine) => {
  test("is redone until its connector has read again: then everything would be here twice", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await contactsOf(scope)).toHaveLength(11);
    const { changeSetId } = await undoneWholly(scope, redone.changeSetId ?? "");
    const how = async () => howToUndoNow(scope, (await findChange(scope, changeSetId ?? ""))!, undoing);
    expect(await how()).toMatchObject({ label: "Redo", whyNot: null });
    await synced(scope, connectorId, system);
    expect((await how()).whyNot).toBe("What it brought has come in again since, so it cannot be redone");
    await expect(undoneWholly(scope, changeSetId ?? "")).rejects.toThrow("came-again");
    expect(await contactsOf(scope)).toHaveLength(11);
  });

  test("is not redone once a run that began before it has taken some of it in again", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    // What is tried once more is not cancelled by it, as it asks the source nothing.
    await scope.db
      .updateTable("source_records")
      .set({ state: "refused" })
      .where("account_id", "=", scope.account.id)
      .where("remote_id", "=", "p1")
      .execute();
    const started = await startSync(scope, connectorId, { mode: "refused", doors: system.doors });
    const runId = (started.ok && started.runId) || "";
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redo = () => undoneWholly(scope, undone.changeSetId ?? "");
    await expect(redo()).rejects.toThrow("came-again");
    await goneOn(scope, runId, system);
    expect(await runOf(scope, runId)).toMatchObject({ state: "done", counts: { read: 1, created: 1 } });
    await expect(redo()).rejects.toThrow("came-again");
    expect((await contactsOf(scope)).map(({ name }) => name)).toEqual(["Folasade Adebayo 1"]);
  });

  test("is redone by a job that a run waits for: what changed meanwhile comes in after it, once", async () => {
    const { scope, system, connectorId } = await manyPeople(engine);
    const first = await synced(scope, connectorId, system);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    system.put("people", "p1", { ...person(1), notes: "Moved to York" });
    const redo = await undoChangeSet(scope, undone.changeSetId ?? "", undoing);
    if (!redo.ok || !("undoId" in redo)) throw new Error("It is not for a job");
    const waiting = await synced(scope, connectorId, system);
    expect(waiting).toMatchObject({ state: "queued", counts: { read: 0 } });
    expect(waiting.connector?.waiting?.why).toContain("is being undone or redone");
    await runUndoJob(scope, redo.undoId);
    await goneOn(scope, waiting.id, system);
    const run = await runOf(scope, waiting.id);
    expect(run).toMatchObject({ state: "done", counts: { created: 0, changed: 1 }, connector: { stored: 351 } });
    const all = await contactsOf(scope);
    expect([all.length, all.find(({ email }) => email === "f.1@adebayo.example")?.notes]).toEqual([
      351,
      "Moved to York",
    ]);
  });

  /** Many people came in, that was undone, and of the redo only the first batch was done. Its own change set. */
  async function halfRedone() {
    const { scope, system, connectorId } = await manyPeople(engine);
    for (let n = 0; n < 350; n++) system.put("people", `p${n}`, person(n));
    system.empty("companies");
    const first = await synced(scope, connectorId, system);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const asked = await undoChangeSet(scope, undone.changeSetId ?? "", undoing);
    const undoId = asked.ok && "undoId" in asked ? asked.undoId : "";
    const own = (await howItEnded(scope, undoId)).changeSetId ?? "";
    const contact: Restorer = async (scope, entries, undone) => {
      await stopUndo(scope, own);
      return (await undoing.restorers.contact?.(scope, entries, undone)) ?? { entries: [], leftAlone: [] };
    };
    const stopping = { ...undoing, restorers: { ...undoing.restorers, contact } };
    await continueUndo(scope, undoId, { undoing: stopping, signal: new AbortController().signal });
    expect(await howItEnded(scope, undoId)).toMatchObject({ state: "failed", undone: 300 });
    expect(await contactsOf(scope)).toHaveLength(300);
    return { scope, system, connectorId, undoId, own };
  }

  test("is redone in part only where that broke off: what it did not come to is taken in by the next run, once", async () => {
    const { scope, system, connectorId, own } = await halfRedone();
    for (const n of [1, 348]) system.put("people", `p${n}`, { ...person(n), notes: "Moved to York" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { created: 50 }, connector: { mode: "whole", stored: 350 } });
    const everybody = async () => {
      const all = await contactsOf(scope);
      const moved = all.filter(({ notes }) => notes === "Moved to York");
      return [all.length, new Set(all.map(({ name }) => name)).size, moved.length];
    };
    expect(await everybody()).toEqual([350, 350, 2]);
    expect(await resumeUndo(scope, own, undoing)).toBe(false);
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ created: 0, changed: 0 });
    expect(await everybody()).toEqual([350, 350, 2]);
  });

  test("is redone in part only where that broke off, also once that was undone and redone itself", async () => {
    const { scope, system, connectorId, own } = await halfRedone();
    const undone = await undoneWholly(scope, own);
    expect(await contactsOf(scope)).toEqual([]);
    await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await contactsOf(scope)).toHaveLength(300);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { created: 50 }, connector: { mode: "whole", stored: 350 } });
    expect(new Set((await contactsOf(scope)).map(({ name }) => name)).size).toBe(350);
  });

  test("is redone in part only, and that is undone after a run has read: what the run has brought stays", async () => {
    const { scope, system, connectorId, own } = await halfRedone();
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { created: 50, same: 300 }, connector: { stored: 350 } });
    const undone = await undoneWholly(scope, own);
    expect(undone).toMatchObject({ undone: 0 });
    expect(undone.left).toHaveLength(300);
    expect(undone.left[0]).toMatchObject({ what: "all of it", why: "a later run has brought it, too" });
    expect(await contactsOf(scope)).toHaveLength(350);
    const next = await synced(scope, connectorId, system, { mode: "whole" });
    expect(next).toMatchObject({ counts: { created: 0, same: 350 }, connector: { stored: 350 } });
    expect(await contactsOf(scope)).toHaveLength(350);
  });

  test("is undone again after a run that changed some of it: these stay, and the next run reads the others", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    for (const n of [1, 8]) system.put("people", `p${n}`, { ...person(n), notes: "Moved to York" });
    expect(await synced(scope, connectorId, system)).toMatchObject({ counts: { changed: 2, same: 9 } });
    const again = await undoneWholly(scope, redone.changeSetId ?? "");
    expect([again.undone, again.left.map(({ why }) => why)]).toEqual([
      9,
      ["a later run has brought it, too", "a later run has brought it, too"],
    ]);
    expect((await contactsOf(scope)).map(({ notes }) => notes)).toEqual(["Moved to York", "Moved to York"]);
    const next = await synced(scope, connectorId, system);
    expect(next).toMatchObject({ state: "done", counts: { created: 9, same: 2 }, connector: { stored: 11 } });
    expect(new Set((await contactsOf(scope)).map(({ name }) => name)).size).toBe(11);
  });

  test("is redone to its end where that broke off and nothing was read since", async () => {
    const { scope, system, connectorId, undoId, own } = await halfRedone();
    expect(await resumeUndo(scope, own, undoing)).toBe(true);
    await runUndoJob(scope, undoId);
    expect(await contactsOf(scope)).toHaveLength(350);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { created: 0, changed: 0, same: 350 } });
  });

  test("is undone to its end where that was done in part only, also where a run has read in between", async () => {
    const { scope, system, connectorId } = await manyPeople(engine);
    for (let n = 0; n < 350; n++) system.put("people", `p${n}`, person(n));
    system.empty("companies");
    const first = await synced(scope, connectorId, system);
    const asked = await undoChangeSet(scope, first.changeSetId ?? "", undoing);
    const undoId = asked.ok && "undoId" in asked ? asked.undoId : "";
    const own = (await howItEnded(scope, undoId)).changeSetId ?? "";
    const ways = Object.entries(undoing.ownWays).map(([action, way]): [string, OwnWay] => {
      const restore: Restorer = async (scope, entries, undone) => {
        await stopUndo(scope, own);
        return way.restore(scope, entries, undone);
      };
      return [action, { ...way, restore }];
    });
    const stopping = { ...undoing, ownWays: Object.fromEntries(ways) };
    await continueUndo(scope, undoId, { undoing: stopping, signal: new AbortController().signal });
    expect(await contactsOf(scope)).toHaveLength(50);
    expect(await synced(scope, connectorId, system)).toMatchObject({
      state: "done",
      counts: { created: 300 },
      connector: { mode: "whole", stored: 350 },
    });
    expect(await resumeUndo(scope, own, undoing)).toBe(true);
    await runUndoJob(scope, undoId);
    const all = await contactsOf(scope);
    expect([all.length, new Set(all.map(({ name }) => name)).size]).toEqual([350, 350]);
    const again = await synced(scope, connectorId, system, { mode: "whole" });
    expect(again).toMatchObject({ state: "done", counts: { created: 0, changed: 0, same: 350 } });
  });
});
