/** The page of a run of a connector: its receipt, what was refused, what it waits for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { GrantEnded, Throttled, Trouble } from "~/features/connectors/connector";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startAgain } from "~/features/connectors/runs/start-again.server";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import "~/features/contacts/tables";
import { HOUR_MS } from "~/platform/time";
import "~/features/connectors/tables";
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

async function run(mode?: SyncMode): Promise<string> {
  const started = await startSync(house.ours, connectorId, { mode, doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await continueSync(house.ours, started.runId, {
    ...{ subjects, doors: system.doors, signal: new AbortController().signal },
  });
  return started.runId;
}

/** The page leads on only where somebody offers what the connector reads; runs themselves are of the small system. */
async function offeredAs(provider: string): Promise<void> {
  const { account, db } = house.ours;
  const mine = db.updateTable("connectors").set({ provider }).where("account_id", "=", account.id);
  await mine.where("id", "=", connectorId).execute();
  system.doors = { ...system.doors, providers: new Map([[provider, system.provider]]) };
}

const page = (path: string) => pageOf("admin", path);

async function pageOf(who: "admin" | "viewer", path: string) {
  const { text: html, headers } = await ask(house.site, house.people[who], `/${house.example.slug}${path}`);
  const text = html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  return { html, text, headers };
}

describe("the page of a run of a connector", () => {
  test("shows its receipt, and each refused record by its name, and as its source calls it", async () => {
    const { text, html } = await page(`/imports/${await run()}`);
    expect(text).toContain("Run of “Small Ledger of Brandt”");
    expect(text).toContain("Everything was read. at the source 2 read 2 new 1 changed 0 the same 0 refused 1");
    expect(text).toContain("stored after it 1");
    expect(text).toContain("Refused records, 1");
    expect(text).toContain("p2 person Email bridget at home");
    expect(text).not.toContain("Import another file");
    expect(html).not.toContain("refused-rows.xlsx");
  });

  test("leads to its undo, which says what becomes of the connector", async () => {
    system.put("people", "p3", { given: "Emeka", family: "Lindqvist", email: "emeka@lindqvist.example" });
    const { html } = await page(`/imports/${await run()}`);
    const href = /href="\/[^/"]+(\/changes\/[^"]+)"[^>]*>Undo this run/.exec(html)?.[1] ?? "";
    const { text } = await page(href);
    expect(text).toContain("Run of “Small Ledger of Brandt”");
    expect(text).toContain("It made 1 contact.");
    expect(text).toContain("Undo the run");
    expect(text).toContain("The connector is paused; switched on again, it reads everything.");
    expect(text).toContain("Nothing of it was changed since, so nothing stays.");
    expect(text).not.toContain("Also what was changed since");
    // Somebody changes it by hand, and the connector is deleted.
    const { ours } = house;
    const contacts = ours.db.selectFrom("contacts").select("id").where("account_id", "=", ours.account.id);
    const { id } = await contacts.where("email", "=", "emeka@lindqvist.example").executeTakeFirstOrThrow();
    const { version, values } = (await findContact(ours, id))!;
    await editContact(ours, id, { version, values: { ...values, jobTitle: "Potter" } });
    const connectors = ours.db.updateTable("connectors").where("account_id", "=", ours.account.id);
    const isDeleted = (at: string | null) => connectors.set({ deleted_at: at }).where("id", "=", connectorId).execute();
    await isDeleted(ours.clock.now());
    const later = await page(href);
    await isDeleted(null);
    expect(later.text).toContain("1 contact that it made stays, as something was changed since.");
    expect(later.text).toContain("Also what was changed since");
    expect(later.text).not.toContain("The connector is paused");
  });

  test("leads to its connector and to whom it changed, and tries only the refused again", async () => {
    await offeredAs("google");
    const runId = await run("refused");
    const { html, text } = await page(`/imports/${runId}`);
    expect(html).toContain(`href="/${house.example.slug}/connectors/${connectorId}">`);
    expect(text).toContain("← Small Ledger of Brandt · All its runs");
    expect(html).toMatch(/aria-current="page">Connectors</);
    expect(html).not.toMatch(/aria-current="page">Imports</);
    expect(text).toContain("What was refused before was tried again. The source was not asked anything.");
    expect(text).toContain("Try only the refused again, 1");
    expect(html).toContain(`action="/${house.example.slug}/connectors/${connectorId}/start"`);
    expect(text).not.toContain("Start again");
    const { html: seen } = await pageOf("viewer", `/imports/${runId}`);
    expect(seen).not.toContain(`/connectors/${connectorId}`);
    expect(seen).toMatch(/aria-current="page">Work</);
    await offeredAs("small");
  });

  test("stands among all runs with what was gone, and imports of files stand without", async () => {
    system.put("people", "p4", { given: "Grace", family: "Llewellyn", email: "grace@llewellyn.example" });
    await run();
    system.remove("people", "p4");
    const runId = await run("changes");
    const rows = (await page("/runs")).html.split("<tr");
    const rowOf = (part: string) => rows.find((row) => row.includes(part));
    expect(rowOf(`/imports/${runId}`)).toMatch(/data-label="Gone"[^>]*>1</);
    expect(rowOf("A file, by")).toMatch(/data-label="Gone"[^>]*>–</);
  });

  test("that failed says how far it came, and can be started again", async () => {
    await offeredAs("google");
    for (let n = 0; n < 5; n++) system.put("people", `n${n}`, { given: "Emeka", email: `emeka.${n}@okafor.example` });
    system.trouble = ({ number }) => {
      if (number === 2) throw new Trouble("Small Ledger sent a page of HTML.");
    };
    const { text, html } = await page(`/imports/${await run("whole")}`);
    system.trouble = () => {};
    expect(text).toContain("Everything was to be read. Until it failed, 3 were.");
    expect(text).not.toContain("Everything was read.");
    expect(html).toMatch(/action="[^"]+\/repetition"[\s\S]{0,200}Start again/);
    await offeredAs("small");
  });

  test("that ended its access leads to the connector, which says what to do", async () => {
    await offeredAs("google");
    system.trouble = () => {
      throw new GrantEnded("Small Ledger has to be connected again.");
    };
    const runId = await run("whole");
    system.trouble = () => {};
    const leadsOn = new RegExp(`href="/${house.example.slug}/connectors/${connectorId}"[^>]*>See what it needs`);
    const { html, text } = await page(`/imports/${runId}`);
    expect(text).toContain("Small Ledger has to be connected again.");
    expect(text).not.toContain("Start again");
    expect(html).toMatch(leadsOn);
    const connectors = house.ours.db.updateTable("connectors").where("account_id", "=", house.ours.account.id);
    await connectors.set({ state: "on" }).where("id", "=", connectorId).execute();
    expect((await page(`/imports/${runId}`)).html).not.toMatch(leadsOn);
    // It had read a page before it waits for an answer: what it changed comes second.
    const changed = await run();
    const primary = async () => (await page(`/imports/${changed}`)).html.match(/class="btn primary[^>]*>[^<]*/g) ?? [];
    expect((await primary()).map((found) => found.split(">")[1])).toEqual(["See whom it changed"]);
    const runs = house.ours.db.updateTable("runs").where("account_id", "=", house.ours.account.id);
    await runs.set({ state: "attention" }).where("id", "=", changed).execute();
    await connectors.set({ state: "asking" }).where("id", "=", connectorId).execute();
    expect((await primary()).map((found) => found.split(">")[1])).toEqual(["See what it needs"]);
    await connectors.set({ state: "on" }).where("id", "=", connectorId).execute();
    await offeredAs("small");
  });

  test("that tried only the refused and was cancelled tries these again; an answer is not given again", async () => {
    await offeredAs("google");
    const started = await startSync(house.ours, connectorId, { mode: "refused", doors: system.doors });
    const runId = (started.ok && started.runId) || "";
    await cancelAnyRun(house.ours, runId);
    expect((await page(`/imports/${runId}`)).text).toContain("Start again");
    expect((await page("/runs")).html).toContain(`/imports/${runId}/repetition`);
    expect((await page("/runs")).text).toContain("Only the refused");
    // Not while it is at work.
    const working = await startSync(house.ours, connectorId, { doors: system.doors });
    const busy = await page("/runs");
    expect(busy.text).not.toMatch(/Start again|nly the refused/);
    expect(busy.html).not.toContain("/repetition");
    await cancelAnyRun(house.ours, (working.ok && working.runId) || "");
    expect((await page("/runs")).html).toContain(`/imports/${runId}/repetition`);
    // Not while it asks something: that is answered first.
    const connectors = house.ours.db.updateTable("connectors").where("account_id", "=", house.ours.account.id);
    await connectors.set({ state: "asking" }).where("id", "=", connectorId).execute();
    for (const path of [`/imports/${runId}`, "/runs"]) {
      const { text, html } = await page(path);
      expect(text).not.toMatch(/Start again|nly the refused/);
      expect(html).not.toContain(`/imports/${runId}/repetition`);
    }
    await connectors.set({ state: "on" }).where("id", "=", connectorId).execute();
    const runs = house.ours.db.updateTable("runs").where("account_id", "=", house.ours.account.id);
    await runs.set({ mode: "answer" }).where("id", "=", runId).execute();
    expect((await page(`/imports/${runId}`)).text).not.toContain("Start again");
    expect((await page("/runs")).html).not.toContain(`/imports/${runId}/repetition`);
    await offeredAs("small");
  });

  test("that takes away what a connector brought says how far it is; once it has, it says so, and can be undone", async () => {
    const taken = await takeAway(house.ours, connectorId, system.provider);
    const runId = (taken.ok && taken.runId) || "";
    expect((await page(`/imports/${runId}`)).text).toContain("0 records taken away so far");
    // A worker has begun, and taken three of seven.
    const streams = { people: { before: 6, now: 4 }, companies: { before: 1, now: 0 } };
    const atWork = { state: "running" as const, checkpoint: JSON.stringify({ streams }) };
    const asked = { state: "queued" as const, checkpoint: null };
    const ofRun = (change: typeof atWork | typeof asked) =>
      house.ours.db
        .updateTable("runs")
        .set(change)
        .where("account_id", "=", house.ours.account.id)
        .where("id", "=", runId)
        .execute();
    await ofRun(atWork);
    expect((await page(`/imports/${runId}`)).text).toContain("3 of 7 records taken away");
    const { html: runs } = await page("/runs");
    expect(runs).toMatch(/3 of 7<[\s\S]{0,200}<progress[^>]*aria-label="Taken away so far" max="7" value="3"/);
    await ofRun(asked);
    await continueSync(house.ours, runId, { subjects, doors: system.doors, signal: new AbortController().signal });
    const { text } = await page(`/imports/${runId}`);
    expect(text).toContain("What the connector brought was taken away. Nothing was read.");
    expect(text).toMatch(/\d contacts archived/);
    expect(text).toContain("Undo this run …");
    expect(text).not.toContain("gone there");
  });

  test("that was to take away what a connector brought, deleted by now, and broke off is started again", async () => {
    await offeredAs("google");
    const other = await connected(house.ours);
    const mine = house.ours.db.updateTable("connectors").set({ provider: "google" });
    await mine.where("account_id", "=", house.ours.account.id).where("id", "=", other).execute();
    const deleted = await deleteConnector(house.ours, other, { takesAway: system.provider });
    const runId = (deleted.ok && deleted.runId) || "";
    await cancelAnyRun(house.ours, runId);
    const { html, text } = await page(`/imports/${runId}`);
    expect(text).toContain("Start again");
    expect(html).not.toContain(`/connectors/${other}`);
    expect((await page("/runs")).html).toContain(`/imports/${runId}/repetition`);
    expect((await pageOf("viewer", `/imports/${runId}`)).text).not.toContain("Start again");
    // Once it goes on, not from the run that broke off any more.
    const again = await startAgain(house.ours, runId, system.doors);
    expect((await page("/runs")).html).not.toContain(`/imports/${runId}/repetition`);
    await cancelAnyRun(house.ours, (again.ok && again.runId) || "");
    const { html: later } = await page("/runs");
    expect(later).not.toContain(`/imports/${runId}/repetition`);
    expect(later).toContain(`/imports/${(again.ok && again.runId) || ""}/repetition`);
    await offeredAs("small");
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
