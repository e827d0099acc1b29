import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { howToUndo } from "~/features/changes/how-to-undo.server";
import { findChange } from "~/features/changes/list-changes.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { type FieldChange } from "~/features/contacts/history/history";
import { listHistory } from "~/features/contacts/history/history.server";
import { listTouched } from "~/features/contacts/history/touched-contacts.server";
import { countWords } from "~/features/contacts/history/change-words";
import { countStandingOf } from "~/features/contacts/sourced/count-standing.server";
import { aboutUndo } from "~/features/contacts/undo/about-undo.server";
import { nothingKnown } from "~/features/contacts/contact";
import { createContact } from "~/features/contacts/edit-contact.server";
import "~/features/connectors/mapping-help/tables";
import { keepChoice } from "~/features/connectors/set-up/choose-fields.server";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { databases } from "~/testing/databases";
import { connected, synced, withCompany } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";
import { carriedOut, ledger, names } from "~/testing/given-ledger";

const streams = ["people", "companies"];

describe.each(databases)("taking away what a connector brought, on %s", (engine) => {
  const textOf = ({ label, before, after }: FieldChange) => `${label}: ${before} → ${after}`;

  test("archives whom nothing else stands for; whom somebody knows by hand loses only what came from there", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 3, alone: 2 });
    const before = await names(scope);
    expect(before).toContainEqual(["Ngozi Lindqvist", "+442079460101", "here"]);
    const asked = system.asked;

    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await carriedOut(scope, taken.ok ? taken.runId : null, system);

    expect([run.state, run.connector?.gone, system.asked]).toEqual(["done", 3, asked]);
    expect(run.log).toContain("Takes away the people that came from here.");
    expect(run.connector).toMatchObject({
      takesAway: true,
      beside: { archived: 2, lessened: 1, unmoved: 0, related: 0, unrelated: 0 },
    });
    expect(run.log).toContain("3 records taken away. Stored now: 0.");
    expect(run.log).toContain("2 contacts archived, 1 contact kept without what it said.");
    const change = await findChange(scope, run.changeSetId ?? "");
    if (!change) throw new Error("The change is gone");
    expect(countWords(change, "en-GB")).toBe("2 contacts archived, 1 contact kept without what it said");
    expect(howToUndo(scope, change, undoing)).toMatchObject({ whyNot: null, label: "Undo" });
    expect(await names(scope)).toEqual([
      ["Ngozi Lindqvist", null, "here"],
      ["Okafor & Sons", null, "archived"],
      ["Emeka Okafor", null, "archived"],
    ]);
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 0, alone: 0 });

    await undoneWholly(scope, run.changeSetId ?? "");
    expect(await names(scope)).toEqual(before);
  });

  test("counts also whom others say the same of: before, in its receipt, and when it is undone", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    // From then on the other connector says all that this one says of Ngozi, and of Emeka with his firm.
    const other = await connected(scope);
    await synced(scope, other, system);
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 3, alone: 0 });
    const before = await names(scope);
    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await carriedOut(scope, taken.ok ? taken.runId : null, system);
    expect(run.connector?.beside).toMatchObject({ archived: 0, lessened: 0, unmoved: 3, unrelated: 0 });
    expect(run.log.join(" ")).toContain("3 contacts kept as others say the same");
    expect(await names(scope)).toEqual(before);
    const changeSetId = run.changeSetId ?? "";
    expect(await aboutUndo(scope, changeSetId, { most: 10 })).toMatchObject({ touched: 3, made: 0 });
    const rowsOf = async (id: string | null) =>
      (await listTouched(scope, id ?? "", 10)).flatMap(({ changes }) => changes.map(textOf));
    expect(await rowsOf(changeSetId)).toEqual(
      Array(3).fill("A record of it: counted → counts no longer, and nothing else changed"),
    );
    const undone = await undoneWholly(scope, changeSetId);
    expect(undone).toMatchObject({ undone: 3, left: [] });
    const again = "A record of it: did not count → counts again, and nothing else changed";
    expect(await rowsOf(undone.changeSetId)).toEqual(Array(3).fill(again));
    const { id } = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("email", "=", "emeka@okafor.example")
      .executeTakeFirstOrThrow();
    expect((await listHistory(scope, id)).entries[0]?.changes.map(textOf)).toEqual([again]);
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 3, alone: 0 });
  });

  /** More than are followed at once; some people have a record in another batch, or among the companies, besides. */
  async function manyOfTheSame() {
    const { scope, system, connectorId } = await ledger(engine);
    const adaeze = { given: "Adaeze", family: "Brandt", email: "adaeze@brandt.example" };
    const elsewhere = smallSystem();
    elsewhere.put("people", "p1", adaeze);
    await synced(scope, await connected(scope), elsewhere);
    system.remove("companies", "c1");
    system.put("people", "p3", adaeze);
    for (let n = 4; n < 310; n++)
      system.put("people", `p${n}`, { given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });
    system.put("people", "p310", { given: "Folasade", family: "Adebayo 4", email: "f.4@adebayo.example" });
    system.put("people", "p311", {
      given: "Ngozi",
      family: "Lindqvist",
      email: "ngozi@lindqvist.example",
      notes: "VIP",
    });
    system.put("people", "p312", adaeze);
    system.put("people", "p313", { notes: "Nobody knows who that was" });
    const said = ["f.5@adebayo.example", "f.4@adebayo.example", "ngozi@lindqvist.example"];
    for (const [index, phone] of said.entries()) system.put("companies", `c${index + 2}`, { phone });
    system.pageSize = 100;
    await withCompany("email", scope, connectorId);
    return { scope, system, connectorId };
  }

  test("counts each contact once, in however many batches and streams its records are, and nothing of what was refused", async () => {
    const { scope, system, connectorId } = await manyOfTheSame();
    const read = await synced(scope, connectorId, system, { mode: "whole" });
    expect(read.counts).toMatchObject({ refused: 1 });
    const sources = scope.db.selectFrom("source_records").select("id").where("account_id", "=", scope.account.id);
    const stood = await sources.where("connector_id", "=", connectorId).where("state", "=", "standing").execute();
    const stands = await countStandingOf(scope, connectorId, streams);
    expect([stood.length, stands]).toEqual([315, { contacts: 309, alone: 307 }]);
    const before = await names(scope);

    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await carriedOut(scope, taken.ok ? taken.runId : null, system);

    expect(run.log).toContain(
      "315 records taken away; of 1 more, refused or left out, there was nothing here. Stored now: 0.",
    );
    expect(run.connector).toMatchObject({ gone: 315, beside: { archived: 307, lessened: 1, unmoved: 1 } });
    const changeSetId = run.changeSetId ?? "";
    expect(await aboutUndo(scope, changeSetId, { most: 1_000 })).toMatchObject({ touched: 309, made: 0 });
    expect(await undoneWholly(scope, changeSetId)).toMatchObject({ undone: 309, left: [] });
    expect([await countStandingOf(scope, connectorId, streams), await names(scope)]).toEqual([stands, before]);
  });

  test("counts whom somebody archived as the run does: among those that lose something", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    await scope.db
      .updateTable("contacts")
      .set({ archived_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 1, alone: 0 });
    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await carriedOut(scope, taken.ok ? taken.runId : null, system);
    expect(run.connector?.beside).toMatchObject({ archived: 0, lessened: 1, unmoved: 0 });
  });

  test("counts nothing of what is read no longer: that stays", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    // Somebody knows the firm by hand, too: its record stays, as it says that it is one.
    await createContact(scope, { ...nothingKnown, kind: "business", company: "Brandt Holzbau GmbH" });
    system.put("companies", "c2", { name: "Brandt Holzbau GmbH" });
    await synced(scope, connectorId, system);
    expect(await countStandingOf(scope, connectorId, streams)).toEqual({ contacts: 4, alone: 2 });
    expect(await countStandingOf(scope, connectorId, ["people"])).toEqual({ contacts: 2, alone: 1 });
    expect(await countStandingOf(scope, connectorId, [])).toEqual({ contacts: 0, alone: 0 });
    await scope.db
      .updateTable("connectors")
      .set({ selection: JSON.stringify({ people: { fields: ["given", "family", "email", "mobile"], start: null } }) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    const taken = await takeAway(scope, connectorId, system.provider);
    const run = await carriedOut(scope, taken.ok ? taken.runId : null, system);
    expect(run.connector).toMatchObject({ gone: 2, beside: { archived: 1, lessened: 1, unmoved: 0 } });
  });

  test("and all of it comes back with the next run, where the connector is still there", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const before = await names(scope);
    const taken = await takeAway(scope, connectorId, system.provider);
    await carriedOut(scope, taken.ok ? taken.runId : null, system);
    const run = await synced(scope, connectorId, system);
    expect([run.state, run.connector?.mode]).toEqual(["done", "whole"]);
    expect(await names(scope)).toEqual(before);
  });

  test("ends what a brake had asked: the connector is paused, also when it is connected again after that", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const access = { scopes: ["read"], tokenSeconds: 3_600 };
    const granted = { accessToken: "token-1", refreshToken: null, lastsSeconds: null, scopes: null, extras: {} };
    const connect = () =>
      storeGrant(scope, {
        ...{ connectorId, provider: { id: "small", access }, granted, whose: "Brandt", by: "session" },
      });
    const stands = async () => (await findConnector(scope, connectorId))?.state;
    await connect();
    for (const stream of ["people", "companies"]) system.empty(stream);
    await synced(scope, connectorId, system, { mode: "whole" });
    expect(await stands()).toBe("asking");
    await endAccess(scope, { connectorId, why: "Tom disconnected it.", action: "connector.disconnected" });
    await connect();
    expect(await stands()).toBe("asking");

    await endAccess(scope, { connectorId, why: "Tom disconnected it.", action: "connector.disconnected" });
    const taken = await takeAway(scope, connectorId, system.provider);
    await carriedOut(scope, taken.ok ? taken.runId : null, system);
    await connect();
    expect(await stands()).toBe("paused");
  });

  test("ends what a brake asks of a connector that stays connected, too", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    for (const stream of ["people", "companies"]) system.empty(stream);
    await synced(scope, connectorId, system, { mode: "whole" });
    await takeAway(scope, connectorId, system.provider);
    expect((await findConnector(scope, connectorId))?.state).toBe("paused");
  });

  test("goes on when the connector is deleted with it; no other run of it ever begins", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const deleted = await deleteConnector(scope, connectorId, { takesAway: system.provider });
    const { name, ...left } = await scope.db
      .selectFrom("connectors")
      .select([
        "name",
        "settings",
        "secrets",
        "selection",
        "mapping",
        "rules",
        "cursors",
        "schedule",
        "whose",
        "streams",
      ])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .executeTakeFirstOrThrow();
    // Its runs are called by it.
    expect(name).toBe("Small Ledger of Brandt");
    expect(new Set(Object.values(left))).toEqual(new Set(["{}", null]));
    const run = await carriedOut(scope, deleted.ok ? deleted.runId : null, system);
    expect([run.state, run.connector?.gone]).toEqual(["done", 3]);
    expect((await names(scope)).map(([, , state]) => state)).toEqual(["here", "archived", "archived"]);
    expect(await startSync(scope, connectorId, { doors: system.doors })).toEqual({ ok: false, reason: "not-found" });
  });

  test("deleting alone changes no contact", async () => {
    const { scope, connectorId } = await ledger(engine);
    const before = await names(scope);
    expect(await deleteConnector(scope, connectorId, { takesAway: null })).toEqual({ ok: true, runId: null });
    expect(await names(scope)).toEqual(before);
  });

  test("what it was set up with goes for good, and what waited beside it", async () => {
    const { scope, connectorId } = await ledger(engine);
    const [of, now] = [{ account_id: scope.account.id, connector_id: connectorId }, scope.clock.now()];
    const settings = JSON.stringify({ address: "https://ledger.brandt.example" });
    await scope.db
      .updateTable("connectors")
      .set({ settings, whose: "Brandt", schedule: '{"every":"day"}', cursors: '{"people":7}', streams: "[]" })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await scope.db
      .insertInto("connector_offers")
      .values({ ...of, fields: '{"people":[]}', seen_at: now })
      .execute();
    await keepChoice(scope, connectorId, { chosen: {}, version: 1 });
    await scope.db
      .insertInto("connector_trials")
      .values({
        ...{ ...of, settings_hash: "4711", state: "done", waiting_until: null, waiting_why: null, asked_at: now },
        ...{ asked_by: null, started_at: now, finished_at: now, result: '{"people":["Ngozi Lindqvist"]}' },
        ...{ problem: null, problem_reference: null },
      })
      .execute();
    await scope.db
      .insertInto("mapping_proposals")
      .values({
        ...{ ...of, id: newId(), state: "answered", host: "model.brandt.example", model: "small", questions: "[]" },
        ...{ asked_at: now, asked_by: null, ended_at: now, proposals: "[]", problem: null },
      })
      .execute();

    await deleteConnector(scope, connectorId, { takesAway: null });

    const row = await scope.db
      .selectFrom("connectors")
      .select(["settings", "whose", "schedule", "cursors", "streams", "next_run_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .executeTakeFirst();
    const nothing = { settings: "{}", whose: null, schedule: "{}", cursors: "{}", streams: null, next_run_at: null };
    expect(row).toEqual(nothing);
    for (const table of ["connector_offers", "connector_drafts", "connector_trials", "mapping_proposals"] as const) {
      const left = await scope.db
        .selectFrom(table)
        .select("connector_id")
        .where("account_id", "=", scope.account.id)
        .execute();
      expect([table, left]).toEqual([table, []]);
    }
  });

  test("while it is being read, nothing of it is deleted or taken away", async () => {
    const { scope, system, connectorId } = await ledger(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    expect(started.ok).toBe(true);
    const atWork = { ok: false, reason: "at-work" };
    expect(await takeAway(scope, connectorId, system.provider)).toEqual(atWork);
    expect(await deleteConnector(scope, connectorId, { takesAway: null })).toEqual(atWork);
    const row = await scope.db
      .selectFrom("connectors")
      .select("deleted_at")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .executeTakeFirst();
    expect(row?.deleted_at).toBeNull();
  });
});
