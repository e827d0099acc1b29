/** The page of what a run of a shop's orders did, and what it asks before that is undone. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { orderSystem, orderSystemConnected } from "~/testing/order-system";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
});
afterAll(() => house.site.close());

async function page(changeSetId: string | null) {
  const path = `/${house.example.slug}/changes/${changeSetId}`;
  const { text: html } = await ask(house.site, house.people.admin, path);
  const plain = html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  return { html, text: plain };
}

const order = { placedAt: "2026-03-01T10:00:00Z", currency: "EUR", total: "20.00", paymentMethod: "visa" };

test("says of how many orders and of which it tells, and what becomes of a connector that is disconnected", async () => {
  const scope = house.ours;
  const system = orderSystem();
  for (const n of [1, 2]) system.put("people", `o${n}`, { ...order, number: `#100${n}` });
  const connectorId = await orderSystemConnected(scope);
  const first = await synced(scope, connectorId, system);
  const made = await page(first.changeSetId);
  expect(made.text).toContain("It made 2 orders.");
  expect(made.text).toContain("The connector is paused; switched on again, it reads everything.");
  expect(made.html).toMatch(/href="[^"]+\/data\/orders\/[^"]+"[^>]*>#1001/);
  expect(made.text).toMatch(/#1001 new .{0,80}1 March 2026.{0,80}€20\.00/);

  system.put("people", "o2", { ...order, number: "#1002", refunded: "5.00" });
  system.remove("people", "o1");
  const second = await synced(scope, connectorId, system);
  system.put("people", "o3", { ...order, number: "#1003" });
  const third = await synced(scope, connectorId, system);
  expect((await page(third.changeSetId)).text).toContain("It made 1 order.");
  system.put("people", "o3", { ...order, number: "#1003", total: "25.00" });
  system.put("people", "o4", { ...order, number: "#1004" });
  const fourth = await synced(scope, connectorId, system);
  expect((await page(fourth.changeSetId)).text).toContain("It made 1 order, and changed 1 other.");
  await endAccess(scope, { connectorId, why: "Tom disconnected it.", action: "connector.disconnected" });
  const changed = await page(second.changeSetId);
  expect(changed.text).toContain("It is about 2 orders.");
  expect(changed.text).toMatch(/#1002 Refunded: empty → €5\.00/);
  expect(changed.text).toMatch(/#1001 Gone at the source: empty → /);
  expect(changed.text).toContain(
    "Once it is connected again, the connector is paused; switched on, it reads everything.",
  );
  expect(changed.text).not.toContain("The connector is paused");

  await undoneWholly(scope, second.changeSetId ?? "");
  const undone = await undoneWholly(scope, first.changeSetId ?? "");
  const gone = await page(undone.changeSetId);
  expect(gone.text).toMatch(/#1001 deleted since .{0,90}€20\.00 → empty/);
  expect(gone.html).not.toMatch(/href="[^"]+\/data\/orders\/[^"]+"[^>]*>#1001/);
});
