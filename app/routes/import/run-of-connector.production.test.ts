/** The page of a run of a connector: its receipt, what was refused, what it waits for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { Throttled } from "~/features/connectors/connector";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { HOUR_MS } from "~/platform/time";
import { connected } from "~/testing/given-syncs";
import { formFrom } from "~/testing/site";
import { type SmallSystem, smallSystem } from "~/testing/small-system";
import { ask, type House, openHouse } from "~/testing/walk/house";

let house: House;
let system: SmallSystem;
let connectorId: string;
beforeAll(async () => {
  house = await openHouse("sqlite");
  system = smallSystem();
  system.put("people", "p1", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
  system.put("people", "p2", { given: "Bridget", email: "bridget at home" });
  connectorId = await connected(house.ours);
});
afterAll(() => house.site.close());

async function run(): Promise<string> {
  const started = await startSync(house.ours, connectorId, { doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await continueSync(house.ours, started.runId, {
    ...{ subjects, doors: system.doors, signal: new AbortController().signal },
  });
  return started.runId;
}

async function page(path: string) {
  const { text: html, headers } = await ask(house.site, house.people.admin, `/${house.example.slug}${path}`);
  const text = html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  return { html, text, headers };
}

describe("the page of a run of a connector", () => {
  test("shows its receipt, and each refused record as its source calls it", async () => {
    const { text, html } = await page(`/imports/${await run()}`);
    expect(text).toContain("Run of “Small Ledger of Brandt”");
    expect(text).toContain("Everything was read. at the source 2 read 2 new 1 changed 0 the same 0 refused 1");
    expect(text).toContain("stored now 1");
    expect(text).toContain("Refused records, 1");
    expect(text).toContain("p2 Email bridget at home");
    expect(text).not.toContain("Import another file");
    expect(html).not.toContain("refused-rows.xlsx");
  });

  test("leads to its undo, which says what becomes of the connector", async () => {
    system.put("people", "p3", { given: "Emeka", family: "Lindqvist", email: "emeka@lindqvist.example" });
    const { html } = await page(`/imports/${await run()}`);
    const href = /href="\/[^/"]+(\/changes\/[^"]+)"[^>]*>Undo this run/.exec(html)?.[1] ?? "";
    const { text } = await page(href);
    expect(text).toContain("Run of “Small Ledger of Brandt”");
    expect(text).toContain("Undo the run");
    expect(text).toContain("The connector is paused; switched on again, it reads everything.");
  });

  test("says until when it waits and why, and can be cancelled at once", async () => {
    system.trouble = () => {
      throw new Throttled("Small Ledger was asked too much.", HOUR_MS);
    };
    const runId = await run();
    const { text, headers } = await page(`/imports/${runId}`);
    expect(text).toMatch(/Waiting until .{5,40}\. Small Ledger was asked too much\./);
    expect(headers.refresh).toBeDefined();
    const path = `/${house.example.slug}/imports/${runId}/cancellation`;
    const { status } = await ask(house.site, house.people.admin, path, formFrom(house.site.origin, ""));
    expect(status).toBe(303);
    system.trouble = () => {};
    await continueSync(house.ours, runId, { subjects, doors: system.doors, signal: new AbortController().signal });
    expect((await page(`/imports/${runId}`)).text).toContain("Cancelled");
  });

  test("stands among the work, not among imports", async () => {
    expect((await page("/imports")).text).not.toContain("Small Ledger of Brandt");
    expect((await page("/work")).text).toContain("Small Ledger of Brandt");
  });
});
