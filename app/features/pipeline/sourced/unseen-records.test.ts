import { describe, expect, test } from "vitest";
import { nothingSeen } from "~/features/pipeline/sourced/seen";
import { type LookedAt, listUnseen } from "~/features/pipeline/sourced/unseen-records.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";

describe.each(databases)("after years in which many came and went, on %s", (engine) => {
  /** Eight people of a system whose numbers have come to 35,000: the last of them came late. */
  async function oldSystem() {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const system = smallSystem();
    const email = (n: number) => `okafor.${n}@okafor.example`;
    for (let n = 1; n <= 8; n++)
      system.put("people", `p${n}`, { given: "Ann", family: `Okafor ${n}`, email: email(n) });
    const connectorId = await connected(scope);
    await synced(scope, connectorId, system);
    await late(scope, connectorId);
    return { scope, system, connectorId };
  }

  async function late(scope: Scope, connectorId: string) {
    const records = scope.db.updateTable("source_records").set({ number: 34_999 });
    const ofHim = records.where("account_id", "=", scope.account.id).where("connector_id", "=", connectorId);
    await ofHim.where("remote_id", "=", "p8").execute();
  }

  test("what was not seen is looked for in pieces, each of which says where the next begins", async () => {
    const { scope, connectorId } = await oldSystem();
    const seen = new Map([["people", { seen: nothingSeen, last: 35_000 }]]);
    const of = { run: { id: "", connectorId, undone: [], seen }, streamId: "people" };
    const pieces: [string[], number | null][] = [];
    for (let after: number | null = 0; after !== null;) {
      const piece: LookedAt = await listUnseen(scope, of, { after, limit: 5 });
      pieces.push([piece.rows.map(({ remote_id }) => remote_id), piece.after]);
      ({ after } = piece);
    }
    expect(pieces).toEqual([
      [["p1", "p2", "p3", "p4", "p5"], 5],
      [["p6", "p7"], 10_005],
      [[], 20_005],
      [[], 30_005],
      [["p8"], null],
    ]);
  });

  test("a whole reading finds who is gone, however far behind the others", async () => {
    const { scope, system, connectorId } = await oldSystem();
    system.remove("people", "p8");
    const run = await synced(scope, connectorId, system, { mode: "whole" });
    expect(run).toMatchObject({ state: "done", connector: { gone: 1, stored: 7 } });
  });
});
