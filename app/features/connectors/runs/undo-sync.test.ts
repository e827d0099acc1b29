/** Runs of a connector are undone as imports are: everything is as it was before, and can be brought back. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { howToUndo } from "~/features/changes/how-to-undo.server";
import { findChange, findUndo } from "~/features/changes/list-changes.server";
import { countLeft } from "~/features/changes/undo-figures.server";
import { UNDO_MS } from "~/features/changes/undo-window";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { GrantEnded, Throttled } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { resumeConnectors } from "~/features/connectors/move-connectors.server";
import "~/features/connectors/tables";
import { countWords } from "~/features/contacts/history/change-words";
import { aboutUndo } from "~/features/contacts/undo/about-undo.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import "~/features/contacts/tables";
import { listNotices } from "~/features/notices/notices.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { type TestClock } from "~/testing/given";
import { rowsOf } from "~/testing/given-bulk";
import { contactsOf, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { type SmallSystem } from "~/testing/small-system";
import { goneOn, manyPeople, person, tenPeople } from "~/testing/given-undone-runs";

const most = 10_000;
const nothingStays = { madeChanged: 0, madeKnown: 0, changed: 0, deleted: 0 };
/** Everything that a day may bring: somebody new, changed, gone, at another firm, not to be written to. */
function aDay(system: SmallSystem): void {
  system.put("people", "p10", { ...person(10), worksFor: "c1" });
  system.put("people", "p1", { ...person(1), notes: "Moved to York", worksFor: "c1" });
  system.put("people", "p2", { ...person(2), optOut: "yes" });
  system.remove("people", "p3");
  system.remove("people", "p4", "p2");
}

async function relationships(scope: Scope) {
  const rows = scope.db.selectFrom("relationships").select(["type"]).where("account_id", "=", scope.account.id);
  return (await rows.execute()).length;
}

/** What is there, without those that are deleted, and without the records that no longer count. */
async function whatStands(scope: Scope) {
  const all = (await rowsOf(scope)) as {
    contacts: { id: string; deleted_at: string | null }[];
    contact_records: string[];
  };
  const gone = new Set(all.contacts.filter(({ deleted_at }) => deleted_at !== null).map(({ id }) => id));
  const there = (text: string) => ![...gone].some((id) => text.includes(id));
  const { contacts, contact_records: records, ...parts } = all as Record<string, unknown> & typeof all;
  return {
    contacts: contacts.filter(({ deleted_at }) => deleted_at === null),
    records: records.filter(
      (text) => there(text) && (JSON.parse(text) as { withdrawn_at: unknown }).withdrawn_at === null,
    ),
    parts: Object.fromEntries(Object.entries(parts).map(([name, rows]) => [name, (rows as string[]).filter(there)])),
    related: await relationships(scope),
  };
}

/** Which run ended a record is history. */
const timeless = ({ records, ...rest }: Awaited<ReturnType<typeof whatStands>>) => ({
  ...rest,
  records: records.map((text) => ({ ...(JSON.parse(text) as object), ended_run_id: null })),
});

async function connector(scope: Scope, id: string) {
  return scope.db
    .selectFrom("connectors")
    .select(["state", "stood", "whole_next"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
}

/** Somebody tests its connection, with a key that is taken. */
async function tested(scope: Scope, id: string, { provider }: SmallSystem): Promise<string | null> {
  const connector = await findConnector(scope, id);
  if (!connector) throw new Error("It is there");
  const env = { appOrigin: "https://ledger.brandt.example", providers: noProviders };
  return testConnection(scope, { connector, provider, env, signal: new AbortController().signal });
}

describe.each(databases)("undoing a run of a connector on %s", (engine) => {
  test("leaves everything as it was before it", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = timeless(await whatStands(scope));
    aDay(system);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { created: 1, changed: 2 }, connector: { gone: 2 } });
    expect(await relationships(scope)).toBe(2);
    expect(timeless(await whatStands(scope))).not.toEqual(before);
    const undone = await undoneWholly(scope, run.changeSetId ?? "");
    expect(undone.left).toEqual([]);
    expect(timeless(await whatStands(scope))).toEqual(before);
  });

  test("can be undone in turn", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    aDay(system);
    const run = await synced(scope, connectorId, system);
    const after = timeless(await whatStands(scope));
    const undone = await undoneWholly(scope, run.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    expect(redone.left).toEqual([]);
    const now = timeless(await whatStands(scope));
    expect(now.contacts).toEqual(after.contacts);
    expect(now.related).toEqual(after.related);
    expect(now.records).toEqual(after.records);
  });

  test("of the first run takes away what it made, and the next reads everything again", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    await undoneWholly(scope, first.changeSetId ?? "");
    expect(await contactsOf(scope)).toEqual([]);
    expect(await connector(scope, connectorId)).toMatchObject({ state: "paused" });
    expect((await connector(scope, connectorId)).whole_next).not.toBeNull();
    const again = await synced(scope, connectorId, system);
    expect(again).toMatchObject({
      state: "done",
      counts: { read: 11, created: 11 },
      connector: { mode: "whole", stored: 11 },
    });
    expect(await contactsOf(scope)).toHaveLength(11);
    expect((await connector(scope, connectorId)).whole_next).toBeNull();
    expect((await synced(scope, connectorId, system, { mode: "whole" })).counts).toMatchObject({ same: 11 });
  });

  test("holds for good: what was undone months ago comes in again as new, and is not taken to be here", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    await undoneWholly(scope, first.changeSetId ?? "");
    (scope.clock as TestClock).advance(3 * UNDO_MS);
    expect(await synced(scope, connectorId, system)).toMatchObject({
      state: "done",
      counts: { created: 11, same: 0 },
      connector: { stored: 11 },
    });
    expect(await contactsOf(scope)).toHaveLength(11);
  });

  test("of a later run is brought about again by the next, with what was gone", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    aDay(system);
    const run = await synced(scope, connectorId, system);
    const after = timeless(await whatStands(scope));
    await undoneWholly(scope, run.changeSetId ?? "");
    const again = await synced(scope, connectorId, system);
    expect(again).toMatchObject({ state: "done", connector: { mode: "whole", gone: 2, stored: 10 } });
    const now = await contactsOf(scope);
    expect(now.map(({ name, isArchived }) => [name, isArchived])).toEqual(
      (after.contacts as unknown as { name: string; name_key: string; archived_at: string | null }[])
        .sort((a, b) => (a.name_key < b.name_key ? -1 : 1))
        .map(({ name, archived_at }) => [name, archived_at !== null]),
    );
    expect(await relationships(scope)).toBe(after.related);
  });

  test("cancels one that waits to go on, and is not redone before that has ended: nobody is here twice", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    system.trouble = ({ number }) => {
      if (number === 2) throw new Throttled("Later.", MINUTE_MS);
    };
    const waiting = await synced(scope, connectorId, system, { mode: "whole" });
    expect(waiting).toMatchObject({ state: "queued", counts: { read: 3, same: 3 } });
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    expect(await contactsOf(scope)).toEqual([]);
    const redo = () => undoneWholly(scope, undone.changeSetId ?? "");
    await expect(redo()).rejects.toThrow("came-again");
    system.trouble = () => {};
    await goneOn(scope, waiting.id, system);
    expect(await runOf(scope, waiting.id)).toMatchObject({ state: "cancelled", counts: { read: 3 } });
    expect((await redo()).left).toEqual([]);
    const next = await synced(scope, connectorId, system);
    expect(next).toMatchObject({ state: "done", counts: { same: 11 }, connector: { mode: "whole", stored: 11 } });
    const names = (await contactsOf(scope)).map(({ name }) => name);
    expect([names.length, new Set(names).size]).toEqual([11, 11]);
  });

  test("pauses it, and has everything read once more, also when what was redone is undone again", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    const undone = await undoneWholly(scope, first.changeSetId ?? "");
    const redone = await undoneWholly(scope, undone.changeSetId ?? "");
    expect(await synced(scope, connectorId, system)).toMatchObject({ counts: { same: 11 } });
    await resumeConnectors(scope, [connectorId]);
    expect(await connector(scope, connectorId)).toEqual({ state: "on", stood: null, whole_next: null });
    expect((await undoneWholly(scope, redone.changeSetId ?? "")).undone).toBe(11);
    expect(await connector(scope, connectorId)).toMatchObject({ state: "paused" });
    const again = await synced(scope, connectorId, system);
    expect(again).toMatchObject({ state: "done", counts: { created: 11 }, connector: { mode: "whole", stored: 11 } });
  });

  test("leaves alone whom a person has changed since, and says so", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    aDay(system);
    const run = await synced(scope, connectorId, system);
    const { id } = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("email", "=", "f.10@adebayo.example")
      .executeTakeFirstOrThrow();
    const { version, values } = (await findContact(scope, id))!;
    await editContact(scope, id, { version, values: { ...values, jobTitle: "Potter" } });
    const undone = await undoneWholly(scope, run.changeSetId ?? "");
    expect(undone.left).toEqual([{ subjectId: id, what: "all of it", why: "it was changed since" }]);
    expect((await findContact(scope, id))?.name).toBe("Folasade Adebayo 10");
  });

  test("of runs in whatever order ends at what was before them", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = timeless(await whatStands(scope));
    system.put("people", "p1", { ...person(1), notes: "Moved to York" });
    const second = await synced(scope, connectorId, system);
    system.put("people", "p1", { ...person(1), notes: "Moved to Leeds" });
    const third = await synced(scope, connectorId, system);
    await undoneWholly(scope, second.changeSetId ?? "");
    const noteOf = async () => (await contactsOf(scope)).find(({ email }) => email === "f.1@adebayo.example")?.notes;
    expect(await noteOf()).toBe("Moved to Leeds");
    await undoneWholly(scope, third.changeSetId ?? "");
    expect(await noteOf()).toBeNull();
    expect(timeless(await whatStands(scope)).contacts).toEqual(before.contacts);
  });

  test("can be undone where it only said who works where, and tells of each of them once", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    for (let n = 0; n < 3; n++) system.put("people", `p${n}`, { ...person(n), worksFor: "c1" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { read: 3, created: 0, changed: 0, same: 3 }, connector: { gone: 0 } });
    expect(run.connector?.beside).toEqual({ archived: 0, lessened: 0, unmoved: 0, related: 3, unrelated: 0 });
    expect(run.log).toContain("3 relationships made.");
    const change = (await findChange(scope, run.changeSetId ?? ""))!;
    expect([countWords(change, "en-GB"), howToUndo(scope, change, undoing).whyNot]).toEqual([
      "3 relationships made",
      null,
    ]);
    // Three people, and the one company that stands in an entry of each.
    expect(await aboutUndo(scope, change.id, { most })).toMatchObject({ touched: 4, made: 0, isAll: true });
    const undone = await undoneWholly(scope, change.id);
    expect([undone.undone, undone.left, await relationships(scope)]).toEqual([4, [], 0]);
  });

  test("counts each contact once, in however many steps it is done", async () => {
    const { scope, system, connectorId } = await manyPeople(engine);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { created: 351 }, connector: { beside: { related: 350 } } });
    const { id } = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("email", "=", "f.7@adebayo.example")
      .executeTakeFirstOrThrow();
    const { version, values } = (await findContact(scope, id))!;
    await editContact(scope, id, { version, values: { ...values, jobTitle: "Potter" } });

    const changeSetId = run.changeSetId!;
    expect(await aboutUndo(scope, changeSetId, { most })).toEqual({
      ...{ touched: 351, made: 351, isAll: true },
      stays: { ...nothingStays, madeChanged: 1 },
    });
    expect(await aboutUndo(scope, changeSetId, { most: 100 })).toMatchObject({ isAll: false });
    const undone = await undoneWholly(scope, changeSetId);
    expect(undone).toMatchObject({ undone: 351, left: [{ subjectId: id }] });
    const ownChangeSetId = undone.changeSetId!;
    const undo = (await findUndo(scope, ownChangeSetId))!;
    const ended = { undoId: undo.id, ownChangeSetId };
    // Its relationship was taken back, and it stays.
    expect(await countLeft(scope, ended)).toEqual({ left: 1, partly: 1 });
    const [notice] = await listNotices(scope);
    expect(notice?.title).toBe(
      "The undo of the run of “Small Ledger of Brandt” is done: 351 contacts, of 1 something was left as it is",
    );
  });

  test("pauses it also where it waits for its key, and it goes on from there when it has it", async () => {
    const { scope, system, connectorId, first } = await tenPeople(engine);
    system.trouble = () => {
      throw new GrantEnded("Small Ledger does not take this key any more.");
    };
    await synced(scope, connectorId, system);
    system.trouble = () => {};
    expect(await connector(scope, connectorId)).toMatchObject({ state: "needs-reconnecting" });
    await undoneWholly(scope, first.changeSetId ?? "");
    expect(await connector(scope, connectorId)).toMatchObject({ state: "needs-reconnecting" });
    expect(await tested(scope, connectorId, system)).toBeNull();
    expect(await connector(scope, connectorId)).toMatchObject({ state: "paused", stood: null });
    const again = await synced(scope, connectorId, system);
    expect(again).toMatchObject({ state: "done", counts: { created: 11 }, connector: { mode: "whole" } });
  });

  test("of one that a brake stopped asks nothing any more", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    for (let n = 0; n < 5; n++) system.remove("people", `p${n}`);
    system.put("people", "p9", { ...person(9), notes: "Moved to York" });
    const run = await synced(scope, connectorId, system);
    expect(run.state).toBe("attention");
    await undoneWholly(scope, run.changeSetId ?? "");
    expect(await connector(scope, connectorId)).toMatchObject({ state: "paused" });
    for (let n = 0; n < 5; n++) system.put("people", `p${n}`, person(n));
    const again = await synced(scope, connectorId, system);
    expect(again).toMatchObject({ state: "done", connector: { gone: 0, stored: 11 } });
  });
});
