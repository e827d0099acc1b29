/** The list of connectors, and what is done with many of it at once. */
import { describe, expect, test } from "vitest";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { connectorPagesInEach, idIn, messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { connected, synced } from "~/testing/given-syncs";

describe.each(databases)("the list of connectors on %s", (engine) => {
  const pages = connectorPagesInEach(engine);
  const { get, post } = pages;

  test("says what will be here, and where to begin", async () => {
    const page = await get(pages.base);
    expect(textOf(page)).toContain("Each system that you connect will be listed here");
    expect(page.text).toContain(`href="${pages.base}/catalogue"`);
  });

  test("shows how each stands, what its last run did, and when it is read next", async () => {
    const id = await connected(pages.scope);
    await synced(pages.scope, id, pages.system);
    await pages.scope.db
      .updateTable("connectors")
      .set({ next_run_at: "2026-05-05T07:00:00.000Z", whose: "ledger of Hale" })
      .where("account_id", "=", pages.scope.account.id)
      .execute();
    const text = textOf(await get(pages.base));
    expect(text).toContain("Small Ledger of Brandt");
    expect(text).toContain("Small Ledger · ledger of Hale");
    expect(text).toMatch(/On .* 4 read: 3 new, 1 refused 5 May 2026/);
  });

  test("runs, pauses and switches on many at once, and says which not and why", async () => {
    const [on, other] = [await connected(pages.scope), await connected(pages.scope)];
    const paused = await post(`${pages.base}/pausing`, [
      ["id", on],
      ["id", other],
      ["id", newId()],
      ["id", "nonsense"],
    ]);
    expect(messageIn(paused).text).toBe("Paused: Small Ledger of Brandt, Small Ledger of Brandt.");
    expect((await listConnectors(pages.scope)).map(({ state }) => state)).toEqual(["paused", "paused"]);
    expect(messageIn(await post(`${pages.base}/resumption`, { id: on })).text).toBe(
      "Switched on: Small Ledger of Brandt.",
    );
    const setUp = idIn(
      await post(`${pages.base}/new/small`, {
        name: "Half a ledger",
        "setting-address": "https://a.example",
        "setting-key": "k",
      }),
    );
    const started = await post(`${pages.base}/start`, [
      ["id", on],
      ["id", setUp],
    ]);
    expect(messageIn(started)).toEqual({
      ...{ tone: "warn", text: "Started: Small Ledger of Brandt. Half a ledger: It is still being set up." },
    });
    expect(messageIn(await post(`${pages.base}/start`, { id: on })).text).toContain("It is being read already.");
    expect(messageIn(await post(`${pages.base}/resumption`, { id: setUp })).text).toBe(
      "Half a ledger stays as it is: being set up.",
    );
    expect(messageIn(await post(`${pages.base}/start`)).text).toContain("Nothing was chosen.");
  });
});
