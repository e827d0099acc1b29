/** A run that would take away too much stops, asks in words with numbers, and does what somebody answers. */
import { describe, expect, test } from "vitest";
import { pauseConnectors, resumeConnectors } from "~/features/connectors/move-connectors.server";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import "~/features/connectors/tables";
import { type Question } from "~/features/connectors/connector-settings";
import { listRunPage } from "~/features/pipeline/run/run-list.server";
import { tooMuch } from "~/features/pipeline/sourced/settle-stream.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { answered, connected, contactsOf, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const person = (n: number) => ({
  ...{ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example`, notes: `Client ${n}` },
});

async function twentyPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 20; n++) system.put("people", `p${n}`, person(n));
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  return { scope, system, connectorId };
}

async function connector(scope: Scope, id: string) {
  const row = scope.db.selectFrom("connectors").select(["state", "asking"]).where("account_id", "=", scope.account.id);
  const { state, asking } = await row.where("id", "=", id).executeTakeFirstOrThrow();
  return { state, asking: asking === null ? null : (JSON.parse(asking) as Question) };
}

const archived = async (scope: Scope) => (await contactsOf(scope)).filter(({ isArchived }) => isArchived).length;

describe.each(databases)("the brake on %s", (engine) => {
  test("stops before more is deleted than is usual, and writes everything else", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    system.put("people", "p19", { ...person(19), notes: "Moved to York" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "attention", counts: { changed: 1 }, connector: { gone: 0 } });
    // What waits for the answer is here.
    expect(run.connector).toMatchObject({ goneAsked: 5, stored: 20 });
    expect(await archived(scope)).toBe(0);
    expect(await connector(scope, connectorId)).toMatchObject({
      state: "asking",
      asking: {
        runId: run.id,
        kind: "much",
        gone: 5,
        blanked: 0,
        known: 20,
        words: "5 of 20 records are gone at the source.",
      },
    });
    expect(run.log.at(-1)).toContain("Nothing of that is followed until somebody answers.");
  });

  test("counts what an undone run had taken away among what there is", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 12; n++) system.remove("people", `p${n}`);
    await synced(scope, connectorId, system);
    const followed = await answered(scope, connectorId, system, "follow");
    expect(followed.connector).toMatchObject({ gone: 12, stored: 8 });
    await undoneWholly(scope, followed.changeSetId ?? "");
    await resumeConnectors(scope, [connectorId]);
    const again = await synced(scope, connectorId, system);
    expect(again.connector).toMatchObject({ goneAsked: 12, stored: 20 });
    const { asking } = await connector(scope, connectorId);
    expect(asking).toMatchObject({ gone: 12, known: 20, words: "12 of 20 records are gone at the source." });
  });

  test("is not answered for a question that was not seen", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    const { id: seen } = await synced(scope, connectorId, system);
    await answered(scope, connectorId, system, "leave");
    for (let n = 5; n < 20; n++) system.remove("people", `p${n}`);
    const { id: since } = await synced(scope, connectorId, system);
    const follow = { answer: "follow", doors: system.doors } as const;
    expect(await answerQuestion(scope, connectorId, { askedBy: seen, ...follow })).toEqual({
      ...{ ok: false, reason: "asks-else" },
    });
    expect(await connector(scope, connectorId)).toMatchObject({ state: "asking", asking: { runId: since, gone: 15 } });
    expect(await archived(scope)).toBe(0);
  });

  test("starts nothing until somebody has answered", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    await synced(scope, connectorId, system);
    expect(await startSync(scope, connectorId, { doors: system.doors })).toEqual({ ok: false, reason: "asking" });
  });

  test("follows the source when a person says so", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    const asked = await synced(scope, connectorId, system);
    expect(asked.connector).toMatchObject({ asks: true, answer: null });
    const listed = async (state: "asking" | "attention") =>
      (await listRunPage(scope, { of: connectorId, state, from: null, until: null })).rows.map(({ id }) => id);
    expect([await listed("asking"), await listed("attention")]).toEqual([[asked.id], []]);
    const run = await answered(scope, connectorId, system, "follow");
    expect(run).toMatchObject({ state: "done", connector: { mode: "answer", gone: 5, stored: 15 } });
    expect(await archived(scope)).toBe(5);
    expect(await connector(scope, connectorId)).toEqual({ state: "on", asking: null });
    // With the one that asked nothing is the matter any more, and it says who answered what.
    const { state, connector: told } = await runOf(scope, asked.id);
    const by = scope.user?.name;
    expect([state, told?.asks, told?.answer]).toMatchObject(["done", false, { by, answer: "follow", runId: run.id }]);
    expect([await listed("asking"), await listed("attention")]).toEqual([[], []]);
  });

  test("asks nobody any more where all is taken away meanwhile", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    const { id } = await synced(scope, connectorId, system);
    expect(await takeAway(scope, connectorId, system.provider)).toMatchObject({ ok: true });
    const { state, connector: told } = await runOf(scope, id);
    expect([state, told?.asks, told?.answer]).toEqual(["attention", false, null]);
  });

  test("leaves a connector paused that was paused when it was read once", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    await pauseConnectors(scope, [connectorId]);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    await synced(scope, connectorId, system);
    await answered(scope, connectorId, system, "follow");
    expect(await connector(scope, connectorId)).toEqual({ state: "paused", asking: null });
  });

  test("leaves everything here when a person says so, and does not ask again", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    await synced(scope, connectorId, system);
    await answered(scope, connectorId, system, "leave");
    expect(await archived(scope)).toBe(0);
    const again = await synced(scope, connectorId, system, { mode: "whole" });
    expect(again).toMatchObject({ state: "done", connector: { gone: 0 } });
    expect(await archived(scope)).toBe(0);
  });

  test("asks when the source shows no records at all", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    system.empty("people");
    const run = await synced(scope, connectorId, system, { mode: "whole" });
    expect(run.state).toBe("attention");
    expect((await connector(scope, connectorId)).asking).toMatchObject({
      kind: "nothing",
      words: "The source shows no records at all, where there were 20.",
    });
    expect(await archived(scope)).toBe(0);
    for (let n = 0; n < 20; n++) system.put("people", `p${n}`, person(n));
    await answered(scope, connectorId, system, "leave");
    expect(await synced(scope, connectorId, system, { mode: "whole" })).toMatchObject({
      state: "done",
      counts: { read: 20, same: 20 },
      connector: { stored: 20 },
    });
  });

  test("holds back what would blank a field in many records, and takes it when told to", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 8; n++) system.put("people", `p${n}`, { ...person(n), notes: "" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "attention", counts: { read: 8, changed: 0 }, connector: { held: 8 } });
    expect((await connector(scope, connectorId)).asking?.words).toBe("8 of 20 would lose what stood in some field.");
    const withNotes = async () => (await contactsOf(scope)).filter(({ notes }) => notes !== null).length;
    expect(await withNotes()).toBe(20);
    const answer = await answered(scope, connectorId, system, "follow");
    expect(answer).toMatchObject({ state: "done", counts: { read: 8, changed: 8 } });
    expect(await withNotes()).toBe(12);
  });

  test("keeps what stood when a person says to leave it, until the source says something else", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    for (let n = 0; n < 8; n++) system.put("people", `p${n}`, { ...person(n), notes: "" });
    await synced(scope, connectorId, system);
    await answered(scope, connectorId, system, "leave");
    expect((await synced(scope, connectorId, system, { mode: "whole" })).counts).toMatchObject({ same: 20 });
    expect((await contactsOf(scope)).filter(({ notes }) => notes !== null)).toHaveLength(20);
    system.put("people", "p0", { ...person(0), notes: "Lives in York now" });
    await synced(scope, connectorId, system);
    expect((await contactsOf(scope)).map(({ notes }) => notes)).toContain("Lives in York now");
  });

  test("lets pass what one person may well have done", async () => {
    const { scope, system, connectorId } = await twentyPeople(engine);
    system.remove("people", "p0");
    system.put("people", "p1", { ...person(1), notes: "" });
    expect(await synced(scope, connectorId, system)).toMatchObject({ state: "done", connector: { gone: 1, held: 0 } });
  });
});

test.each([
  [{ before: 100, read: 80, isWhole: true }, { gone: 20, blanked: 0 }, null],
  [{ before: 100, read: 79, isWhole: true }, { gone: 21, blanked: 0 }, "much"],
  [{ before: 100, read: 90, isWhole: true }, { gone: 10, blanked: 11 }, "much"],
  [{ before: 4, read: 2, isWhole: true }, { gone: 2, blanked: 0 }, null],
  [{ before: 2, read: 0, isWhole: true }, { gone: 2, blanked: 0 }, "nothing"],
  [{ before: 2, read: 0, isWhole: false }, { gone: 2, blanked: 0 }, null],
  [{ before: 0, read: 0, isWhole: true }, { gone: 0, blanked: 0 }, null],
] as const)("with 20 per cent and three records, of %o losing %o it says %s", (counts, waiting, wanted) => {
  expect(tooMuch(counts, waiting, { share: 20, atLeast: 3 })).toBe(wanted);
});
