/** Whatever holds a connector up, it goes on from there as it stood before. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { up } from "../../../migrations/20261122T1600_where_connectors_go_on";
import { subjects, undoing } from "~/composition.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { pauseConnectors } from "~/features/connectors/move-connectors.server";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { runUndoJob } from "~/testing/given-undo";
import { connected, runOf, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };

async function ledger(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 6; n++) system.put("people", `p${n}`, { given: "Folasade", family: `Adebayo ${n}` });
  const connectorId = await connected(scope);
  const provider = { id: "small", access: { scopes: ["contacts"] } };
  const connect = (whose = "Brandt") => storeGrant(scope, { connectorId, provider, granted, whose, by: "session" });
  await connect();
  const lose = () => endAccess(scope, { connectorId, why: "It was taken back.", action: "connector.grant-ended" });
  return { scope, system, connectorId, connect, lose };
}

type Ledger = Awaited<ReturnType<typeof ledger>>;

const standing = async ({ scope, connectorId }: Pick<Ledger, "scope" | "connectorId">) => {
  const row = await scope.db
    .selectFrom("connectors")
    .select(["state", "stood", "asking"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirstOrThrow();
  return [row.state, row.stood, row.asking === null ? "" : "asks"];
};

/** A brake stops it, whatever happens to it while it is read. */
async function asks(all: Ledger, meanwhile?: () => Promise<unknown>): Promise<string> {
  const { scope, system, connectorId } = all;
  await synced(scope, connectorId, system);
  for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
  const started = await startSync(scope, connectorId, { mode: "whole", doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await meanwhile?.();
  const signal = new AbortController().signal;
  await continueSync(scope, started.runId, { subjects, doors: system.doors, signal });
  return started.runId;
}

describe.each(databases)("a connector that is held up, on %s", (engine) => {
  test.each(["on", "paused"] as const)(
    "goes on %s when it is answered, though it lost its access while it asked",
    async (was) => {
      const all = await ledger(engine);
      const pause = () => pauseConnectors(all.scope, [all.connectorId]);
      const askedBy = await asks(all, was === "paused" ? pause : undefined);
      expect(await standing(all)).toEqual(["asking", was, "asks"]);
      await all.lose();
      await all.lose();
      expect(await standing(all)).toEqual(["needs-reconnecting", was, "asks"]);
      await all.connect();
      expect(await standing(all)).toEqual(["asking", was, "asks"]);
      const { scope, connectorId, system } = all;
      await answerQuestion(scope, connectorId, { askedBy, answer: "leave", doors: system.doors });
      expect(await standing(all)).toEqual([was, null, ""]);
    },
  );

  test("asks when it is connected again, where its access ended before its run did", async () => {
    const all = await ledger(engine);
    await asks(all, all.lose);
    expect(await standing(all)).toEqual(["needs-reconnecting", "on", "asks"]);
    await all.connect();
    expect(await standing(all)).toEqual(["asking", "on", "asks"]);
  });

  test("goes on paused when it is connected again after its run was undone, with no question left", async () => {
    const all = await ledger(engine);
    await asks(all);
    await all.lose();
    const { scope, connectorId } = all;
    const [first] = await scope.db
      .selectFrom("runs")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .orderBy("created_at")
      .execute();
    const { changeSetId } = await runOf(scope, first!.id);
    const undone = await undoChangeSet(scope, changeSetId!, undoing);
    if (!("undoId" in undone)) throw new Error("It can be undone");
    await runUndoJob(scope, undone.undoId);
    expect(await standing(all)).toEqual(["needs-reconnecting", "paused", ""]);
    await all.connect();
    expect(await standing(all)).toEqual(["paused", null, ""]);
  });

  test("has nothing to answer any more when another account of the provider's is connected", async () => {
    const all = await ledger(engine);
    await asks(all);
    await all.connect("Hale & Partners");
    expect(await standing(all)).toEqual(["paused", null, ""]);
    await all.lose();
    await all.connect("Hale & Partners");
    expect(await standing(all)).toEqual(["paused", null, ""]);
  });
});

test.each(databases)(
  "where connectors stood before the database knew it in one place is kept, on %s",
  async (engine) => {
    const { scope, close } = await given.ownDatabase(engine);
    const question = JSON.stringify({ runId: "r", words: "5 of 6 records are gone at the source." });
    const asked = JSON.stringify({ runId: "r", words: "5 of 6 records are gone at the source.", from: "paused" });
    const before = [
      { state: "on", stood: null, asking: null, endedFrom: null, after: [null, null] },
      { state: "asking", stood: null, asking: asked, endedFrom: null, after: ["paused", question] },
      { state: "asking", stood: null, asking: question, endedFrom: null, after: ["on", question] },
      // Of an agreement, of a key, and of both that were noted.
      { state: "needs-reconnecting", stood: null, asking: null, endedFrom: "paused", after: ["paused", null] },
      { state: "needs-reconnecting", stood: "on", asking: null, endedFrom: null, after: ["on", null] },
      { state: "needs-reconnecting", stood: "on", asking: null, endedFrom: "paused", after: ["paused", null] },
      { state: "needs-reconnecting", stood: null, asking: asked, endedFrom: "asking", after: ["paused", question] },
      // Its question was undone.
      { state: "needs-reconnecting", stood: null, asking: null, endedFrom: "asking", after: ["paused", null] },
      { state: "needs-reconnecting", stood: null, asking: asked, endedFrom: "paused", after: ["paused", null] },
      { state: "needs-reconnecting", stood: null, asking: null, endedFrom: null, after: [null, null] },
      // Of a key that was refused before anything was noted.
      {
        state: "needs-reconnecting",
        stood: null,
        asking: null,
        endedFrom: null,
        hasRun: true,
        after: ["paused", null],
      },
    ] as const;
    const db = scope.database.unguarded;
    await sql`alter table connector_grants add column ended_from text`.execute(db);
    const ids: string[] = [];
    for (const old of before) ids.push(await asItWas(scope, old));
    await up(db as unknown as Parameters<typeof up>[0]);
    for (const [at, id] of ids.entries()) {
      const row = await db
        .selectFrom("connectors")
        .select(["stood", "asking"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      expect([before[at]!.state, row.stood, row.asking]).toEqual([before[at]!.state, ...before[at]!.after]);
    }
    await close();
  },
);

interface Old {
  state: string;
  stood: string | null;
  asking: string | null;
  endedFrom: string | null;
  hasRun?: boolean;
}

async function asItWas(scope: Scope, { state, stood, asking, endedFrom, hasRun }: Old): Promise<string> {
  const id = await connected(scope);
  if (hasRun) await synced({ ...scope, clock: testClock() }, id, smallSystem());
  const provider = { id: "small", access: { scopes: ["contacts"] } };
  await storeGrant(scope, { connectorId: id, provider, granted, whose: null, by: "session" });
  const db = scope.database.unguarded;
  await sql`update connectors set state = ${state}, stood = ${stood}, asking = ${asking} where id = ${id}`.execute(db);
  await sql`update connector_grants set ended_from = ${endedFrom} where connector_id = ${id}`.execute(db);
  return id;
}
