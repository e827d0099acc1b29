import { describe, expect, test } from "vitest";
import { Trouble } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { readRunCursor, readRunFilters, type RunFilters, runQueryOf } from "~/features/pipeline/run/run-filters";
import { listRunPage } from "~/features/pipeline/run/run-list.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { csvOf, imported } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const all: RunFilters = { of: null, state: null, from: null, until: null };

/** A run a day, of a connector, from 4 May on; the third fails. Then a file is imported. */
async function fiveRuns(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const [connectorId, other] = [await connected(scope), await connected(scope)];
  const system = smallSystem();
  for (let n = 0; n < 4; n++) {
    system.trouble = () => {
      if (n === 2) throw new Trouble("Small Ledger sent a page of HTML.");
    };
    await synced(scope, n === 3 ? other : connectorId, system);
    (scope.clock as TestClock).advance(DAY_MS);
  }
  await imported(
    scope,
    csvOf([
      ["Name", "Email"],
      ["Ann Okafor", "ann@okafor.example"],
    ]),
  );
  return { scope, connectorId, other };
}

const shown = async (scope: Scope, filters: Partial<RunFilters>) =>
  (await listRunPage(scope, { ...all, ...filters })).rows.map(({ state, connector }) => [
    connector ? "connector" : "file",
    state,
  ]);

describe.each(databases)("all runs on %s", (engine) => {
  test("stand together, the newest first", async () => {
    const { scope } = await fiveRuns(engine);
    const rows = await shown(scope, {});
    expect(rows.map(([of]) => of)).toEqual(["file", "connector", "connector", "connector", "connector"]);
    expect(rows[2]).toEqual(["connector", "failed"]);
  });

  test("are narrowed by what was read, by state and by day in the account's zone", async () => {
    const { scope, connectorId, other } = await fiveRuns(engine);
    expect(await shown(scope, { of: connectorId })).toHaveLength(3);
    expect(await shown(scope, { of: other })).toHaveLength(1);
    expect(await shown(scope, { of: "files" })).toHaveLength(1);
    expect(await shown(scope, { state: "failed" })).toEqual([["connector", "failed"]]);
    // What is undone is that, whatever it was before.
    const done = (await listRunPage(scope, { ...all, state: "done" })).rows;
    const { changeSetId } = done[0]!;
    const undone = await undoneWholly(scope, changeSetId ?? "");
    expect(await shown(scope, { state: "undone" })).toEqual([["file", "done"]]);
    expect(await shown(scope, { state: "done" })).toHaveLength(done.length - 1);
    await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await shown(scope, { state: "undone" })).toEqual([]);
    expect(await shown(scope, { state: "done" })).toHaveLength(done.length);
    expect(await shown(scope, { of: connectorId, from: "2026-05-05" })).toHaveLength(2);
    expect(await shown(scope, { of: connectorId, until: "2026-05-05" })).toHaveLength(2);
    expect(await shown(scope, { from: "2026-05-05", until: "2026-05-05" })).toHaveLength(1);
  });

  test("are turned page by page there and back, by an address", async () => {
    const { scope } = await fiveRuns(engine);
    const ids = (await listRunPage(scope, all)).rows.map(({ id }) => id);
    const first = await listRunPage(scope, all, null, 2);
    expect([first.from, first.to, first.previous]).toEqual([1, 2, null]);
    const address = new URLSearchParams(runQueryOf(all, first.next));
    const second = await listRunPage(scope, readRunFilters(address), readRunCursor(address), 2);
    expect(second.rows.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    const third = await listRunPage(scope, all, second.next, 2);
    expect([third.rows.map(({ id }) => id), third.next]).toEqual([ids.slice(4), null]);
    const back = new URLSearchParams(runQueryOf(all, third.previous));
    expect((await listRunPage(scope, all, readRunCursor(back), 2)).rows.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  });
});

test("an address that somebody has bent shows the list from its beginning", () => {
  const bent = new URLSearchParams("of=zymurgy&state=toString&from=2026-02-30&until=soon&beyond=now~then&place=-1");
  expect(readRunFilters(bent)).toEqual(all);
  expect(readRunCursor(bent)).toBeNull();
  expect(runQueryOf(all)).toBe("");
});
