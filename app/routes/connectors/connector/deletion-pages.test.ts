/** How a connector ends: disconnected or deleted, with what it brought or without. */
import { describe, expect, test } from "vitest";
import { findConnector } from "~/features/connectors/find-connector.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { connectorPagesInEach, messageIn, runIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { connected, contactsOf, synced } from "~/testing/given-syncs";

describe.each(databases)("a connector's end on %s", (engine) => {
  const pages = connectorPagesInEach(engine);
  const { get, post, worked } = pages;

  test("is told in numbers; what it brought stays, and the connector is there no more", async () => {
    const id = await connected(pages.scope);
    await synced(pages.scope, id, pages.system);
    const page = textOf(await get(`${pages.base}/${id}/deletion`));
    // Of a key nothing can be taken back there.
    expect([page.includes("The key to Small Ledger erased"), page.includes("taken back")]).toEqual([true, false]);
    expect(page).toContain("contacts came from it 3");
    expect(page).toContain("of these known from nowhere else 3");
    const deleted = await post(`${pages.base}/${id}/deletion`, { records: "stay" });
    expect([deleted.headers.location, messageIn(deleted).text]).toEqual([
      pages.base,
      "Small Ledger of Brandt is deleted.",
    ]);
    expect((await contactsOf(pages.scope)).every(({ isArchived }) => !isArchived)).toBe(true);
    for (const rest of ["", "/deletion", "/settings"])
      expect((await get(`${pages.base}/${id}${rest}`)).status).toBe(404);
    expect((await post(`${pages.base}/${id}/deletion`)).status).toBe(404);
  });

  test.each(["/deletion", "/connection/disconnection"])("by %s can take away what it brought", async (way) => {
    const id = await connected(pages.scope);
    await synced(pages.scope, id, pages.system);
    const readAt = (await listSources(pages.scope))[0]?.readAt;
    pages.house.clock.advance(60_000);
    expect(textOf(await get(`${pages.base}/${id}${way}`))).toContain(
      "3 contacts that nothing else stands for: archived.",
    );
    const ended = await post(`${pages.base}/${id}${way}`, { records: "go" });
    await worked(runIn(ended));
    expect((await contactsOf(pages.scope)).every(({ isArchived }) => isArchived)).toBe(true);
    const page = await get(`${pages.base}/${id}`);
    if (way === "/deletion") return expect(page.status).toBe(404);
    expect(textOf(page)).toContain("What was read was taken away.");
    expect(textOf(page)).toMatch(/Done 3 taken away .* 4 read: 3 new, 1 refused/);
    // Nothing was read then, and nothing was seen to be gone there.
    expect(await listSources(pages.scope)).toEqual([expect.objectContaining({ gone: 0, readAt })]);
  });

  test("waits for the run that is at work: it says so, and nothing is given back before", async () => {
    const id = await connected(pages.scope);
    await post(`${pages.base}/${id}/start`);
    for (const way of ["/deletion", "/connection/disconnection"]) {
      const page = await get(`${pages.base}/${id}${way}`);
      expect(textOf(page)).toContain("It is being read right now");
      expect([page.headers.refresh, page.text.includes("/cancellation")]).toEqual(["3", true]);
      const refused = await post(`${pages.base}/${id}${way}`, { records: "go" });
      expect(messageIn(refused).text).toBe("It is being read right now. Stop the run first, or wait for its end.");
    }
    expect((await findConnector(pages.scope, id))?.state).toBe("on");
    expect((await post(`${pages.base}/${id}/deletion`, { records: "perhaps" })).status).toBe(400);
  });

  // Only there it is certain whose transaction comes first.
  test.runIf(engine === "sqlite").each([
    ["/deletion", "it was not deleted"],
    ["/connection/disconnection", "what it brought is still here"],
  ])("by %s says what is done and what is not where a run begins at that moment", async (way, left) => {
    const id = await connected(pages.scope);
    await synced(pages.scope, id, pages.system);
    const provider = pages.system.doors.providers.get("small")!;
    const { access } = provider;
    let begun: ReturnType<typeof startSync> | undefined;
    const get = () => {
      begun ??= startSync(pages.scope, id, { doors: pages.system.doors });
      return access;
    };
    Object.defineProperty(provider, "access", { get, configurable: true });
    const ended = await post(`${pages.base}/${id}${way}`, { records: "go" });
    Object.defineProperty(provider, "access", { value: access, configurable: true });
    expect(await begun).toMatchObject({ ok: true });
    expect(ended.headers.location).toBe(`${pages.base}/${id}${way}`);
    expect(messageIn(ended).text).toBe(
      `Disconnected. But a run began at that moment, so ${left}. Stop it or wait for its end, then try again.`,
    );
    expect((await findConnector(pages.scope, id))?.state).toBe("needs-reconnecting");
  });
});
