/** A field that is read no longer leaves nothing behind: not in the raw zone, not in contacts, not in what is told of them. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { type Mappings, type Selection } from "~/features/connectors/connector-settings";
import { eraseFields } from "~/features/connectors/runs/continue-erasure.server";
import { goOnErasing, saveSelection } from "~/features/connectors/runs/save-selection.server";
import "~/features/connectors/tables";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { keepRefusals, listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import "~/features/pipeline/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { untilAnotherWaits } from "~/testing/another-waits";
import { imported } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, contactsOf, synced } from "~/testing/given-syncs";
import { importedRows, undoneWholly } from "~/testing/given-undo";
import { tableRows } from "~/testing/table-rows";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const person = (n: number) => ({
  ...{ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` },
  ...{ mobile: `020 7946 0${100 + n}`, notes: `zymurgy ${n}`, worksFor: "c1" },
});

async function tenPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 10; n++) system.put("people", `p${n}`, person(n));
  system.put("companies", "c1", { name: "Brandt Holzbau GmbH" });
  const connectorId = await connected(scope);
  await synced(scope, connectorId, system);
  return { scope, system, connectorId };
}

async function without(scope: Scope, connectorId: string, system: SmallSystem, fields: readonly string[]) {
  const row = scope.db.selectFrom("connectors").select("selection").where("account_id", "=", scope.account.id);
  const before = JSON.parse((await row.where("id", "=", connectorId).executeTakeFirstOrThrow()).selection) as Selection;
  const chosen: Selection = Object.fromEntries(
    Object.entries(before).map(([stream, read]) => [
      stream,
      { ...read, fields: read.fields.filter((field) => !fields.includes(field)) },
    ]),
  );
  return saveSelection(scope, connectorId, { chosen, doors: system.doors });
}

/** From now on a column of people goes to another field; "" for nowhere. */
async function sendTo(scope: Scope, connectorId: string, columnId: string, field: string): Promise<void> {
  const its = scope.db.selectFrom("connectors").select("mapping").where("account_id", "=", scope.account.id);
  const stored = JSON.parse((await its.where("id", "=", connectorId).executeTakeFirstOrThrow()).mapping) as Mappings;
  const { columns, fields } = stored.people!;
  const people = { columns, fields: fields.map((before, index) => (columns[index]?.id === columnId ? field : before)) };
  await scope.db
    .updateTable("connectors")
    .set({ mapping: JSON.stringify({ ...stored, people }), whole_next: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
}

async function erasures(scope: Scope) {
  const rows = scope.db.selectFrom("field_erasures").select(["id", "records_done", "finished_at"]);
  return rows.where("account_id", "=", scope.account.id).orderBy("id").execute();
}

async function eraseAll(scope: Scope, system: SmallSystem): Promise<void> {
  const { signal } = new AbortController();
  for (const { id } of await erasures(scope)) await eraseFields(scope, id, { subjects, doors: system.doors, signal });
}

/** Anywhere among what the database has of the account. */
async function isStored(scope: Scope, text: string): Promise<boolean> {
  return JSON.stringify(await tableRows(scope.database, scope.account.id))
    .toLowerCase()
    .includes(text);
}

describe.each(databases)("a field that is read no longer on %s", (engine) => {
  test("leaves no trace of what it brought, in whichever version", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p3", { ...person(3), notes: "Zymurgy, the second" });
    await synced(scope, connectorId, system);
    system.put("people", "p4", { ...person(4), notes: "" });
    await synced(scope, connectorId, system);
    expect(await isStored(scope, "zymurgy")).toBe(true);
    expect(await without(scope, connectorId, system, ["notes"])).toEqual({ ok: true, isErasing: true });
    await eraseAll(scope, system);
    expect(await isStored(scope, "zymurgy")).toBe(false);
    expect((await contactsOf(scope)).map(({ notes }) => notes)).toEqual(Array(11).fill(null));
    expect((await contactsOf(scope)).filter(({ email }) => email !== null)).toHaveLength(10);
    expect(await erasures(scope)).toMatchObject([{ records_done: 10 }]);
  });

  test("is named in no refusal: who was known by it there is named no longer", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const run = await imported(scope, "Email\nf.3@adebayo.example; f.4@adebayo.example\n");
    const refused = async () => (await listRefusals(scope, run.id, { after: 0, limit: 9 }))[0];
    await without(scope, connectorId, system, ["notes"]);
    await eraseAll(scope, system);
    expect((await refused())?.reason).toContain("“Folasade Adebayo 3 (f.3@adebayo.example)”");
    expect((await refused())?.fits).toHaveLength(2);
    await without(scope, connectorId, system, ["email"]);
    await eraseAll(scope, system);
    expect((await refused())?.reason).not.toContain("@adebayo.example");
    expect(await refused()).toMatchObject({ fits: [] });
  });

  test("is named in no refusal that an import writes meanwhile, while it holds whom it names", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const run = await imported(scope, "Email\nat home\n");
    const contacts = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
    const { id } = await contacts.where("email", "=", "f.3@adebayo.example").executeTakeFirstOrThrow();
    const name = "Folasade Adebayo 3 (f.3@adebayo.example)";
    const refusal = {
      column: "Email",
      value: null,
      rule: "several-matches",
      reason: `Several fit: “${name}”`,
      fits: [{ id, name }],
    };
    await without(scope, connectorId, system, ["email"]);
    let isHeld = () => {};
    const erasing = new Promise<void>((resolve) => (isHeld = resolve)).then(() => eraseAll(scope, system));
    const anotherWaits = untilAnotherWaits(scope);
    await inTransaction(scope, async (scope) => {
      const held = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
      await held.where("id", "=", id).$call(lockRows(scope)).executeTakeFirstOrThrow();
      isHeld();
      await anotherWaits;
      const raw = { rawRecordId: newId(), position: 9, cells: [] };
      await keepRefusals(scope, { id: run.id, settings: {} }, [
        { raw, outcome: { kind: "refused", refusals: [refusal] } },
      ]);
    });
    await erasing;
    const [line] = await listRefusals(scope, run.id, { after: 8, limit: 1 });
    expect(line).toMatchObject({ fits: [], reason: expect.not.stringContaining("@adebayo.example") as string });
  });

  test("leaves what a person types meanwhile, and what is found by it", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["notes"]);
    const { id } = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("email", "=", "f.3@adebayo.example")
      .executeTakeFirstOrThrow();
    const { version, values } = (await findContact(scope, id))!;
    let isEdited = () => {};
    const erasing = new Promise<void>((resolve) => (isEdited = resolve)).then(() => eraseAll(scope, system));
    const anotherWaits = untilAnotherWaits(scope);
    await inTransaction(scope, async (scope) => {
      await editContact(scope, id, { version, values: { ...values, familyName: "Okafor" } });
      isEdited();
      await anotherWaits;
    });
    await erasing;
    const contact = await scope.db
      .selectFrom("contacts")
      .select(["name", "notes", "search"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(contact).toMatchObject({ name: "Folasade Okafor", notes: null });
    expect(contact.search).toContain("okafor");
  });

  test.each([
    ["nowhere, and was not read since", "", false],
    ["nowhere, and was read since", "", true],
    ["to another field, and was read since", "jobTitle", true],
  ])("leaves no trace of where it went before it was sent %s", async (_where, field, isRead) => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p3", { ...person(3), notes: "Zymurgy, the second" });
    await synced(scope, connectorId, system);
    await sendTo(scope, connectorId, "notes", field);
    if (isRead) await synced(scope, connectorId, system, { mode: "whole" });
    await without(scope, connectorId, system, ["notes"]);
    await eraseAll(scope, system);
    expect(await isStored(scope, "zymurgy")).toBe(false);
    expect(await contactsOf(scope)).toHaveLength(11);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 11, changed: 0 } });
  });

  test("changes nothing more at the next reading, which reads everything", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["notes"]);
    await eraseAll(scope, system);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ counts: { read: 11, same: 11, changed: 0 }, connector: { mode: "whole", stored: 11 } });
    expect(await isStored(scope, "zymurgy")).toBe(false);
  });

  test("takes back whom its records worked for", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const related = () => scope.db.selectFrom("relationships").select("id").where("account_id", "=", scope.account.id);
    expect(await related().execute()).toHaveLength(10);
    await without(scope, connectorId, system, ["worksFor"]);
    await eraseAll(scope, system);
    expect(await related().execute()).toEqual([]);
  });

  test("stays where a person or a file says it, too", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const contact = async (n: number) => {
      const row = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
      const { id } = await row.where("email", "=", `f.${n}@adebayo.example`).executeTakeFirstOrThrow();
      return (await findContact(scope, id))!;
    };
    const { id, version, values } = await contact(1);
    await editContact(scope, id, { version, values: { ...values, notes: "Typed by Ann" } });
    await importedRows(scope, [{ Email: "f.2@adebayo.example", "Given name": "Folasade", Notes: "From a file" }]);
    await without(scope, connectorId, system, ["notes"]);
    await eraseAll(scope, system);
    expect((await contact(1)).values.notes).toBe("Typed by Ann");
    expect((await contact(2)).values.notes).toBe("From a file");
    expect((await contact(3)).values.notes).toBeNull();
  });

  test("is erased from one of two columns of a list, and the other stays", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["mobile"]);
    await eraseAll(scope, system);
    const points = scope.db.selectFrom("contact_points").select(["channel", "value"]);
    const left = await points.where("account_id", "=", scope.account.id).execute();
    expect(new Set(left.map(({ channel }) => channel))).toEqual(new Set(["email"]));
  });

  test("takes a contact away of which nothing is left to know it by", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["given", "family", "email", "mobile"]);
    await eraseAll(scope, system);
    expect((await contactsOf(scope)).map(({ name }) => name)).toEqual(["Brandt Holzbau GmbH"]);
    expect(await isStored(scope, "adebayo 3")).toBe(false);
  });

  test.each([
    ["people", "whom they work for", ["given", "family", "email", "mobile"], 10],
    ["a company", "who works there", ["name", "phone"], 1],
  ])("brings %s that it took away anew when it is read again, with %s", async (_who, _whom, known, taken) => {
    const { scope, system, connectorId } = await tenPeople(engine);
    const before = await contactsOf(scope);
    const its = scope.db.selectFrom("connectors").select("selection").where("account_id", "=", scope.account.id);
    const { selection } = await its.where("id", "=", connectorId).executeTakeFirstOrThrow();
    await without(scope, connectorId, system, known);
    await eraseAll(scope, system);
    expect(await contactsOf(scope)).toHaveLength(11 - taken);
    await saveSelection(scope, connectorId, { chosen: JSON.parse(selection) as Selection, doors: system.doors });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 11, created: taken, same: 11 - taken } });
    expect(await contactsOf(scope)).toEqual(before);
    const contacts = scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id);
    const there = new Set((await contacts.where("deleted_at", "is", null).execute()).map(({ id }) => id));
    const sides = scope.db.selectFrom("relationships").select(["from_contact_id", "to_contact_id"]);
    const related = await sides.where("account_id", "=", scope.account.id).execute();
    const standing = related.filter((one) => there.has(one.from_contact_id) && there.has(one.to_contact_id));
    expect(standing).toHaveLength(10);
  });

  test("waits where its provider is not offered any more, and is erased once that is again", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["notes"]);
    const [erasure] = await erasures(scope);
    const { signal } = new AbortController();
    await eraseFields(scope, erasure?.id ?? "", { subjects, doors: { providers: new Map() }, signal });
    expect((await erasures(scope))[0]).toMatchObject({ finished_at: null, records_done: 0 });
    await eraseAll(scope, system);
    expect(await isStored(scope, "zymurgy")).toBe(false);
  });

  test("does not come back with the undo of an earlier run", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    system.put("people", "p3", { ...person(3), notes: "Zymurgy, the second", mobile: "" });
    const run = await synced(scope, connectorId, system);
    await without(scope, connectorId, system, ["notes"]);
    await eraseAll(scope, system);
    await undoneWholly(scope, run.changeSetId ?? "");
    expect(await isStored(scope, "zymurgy")).toBe(false);
    expect((await contactsOf(scope)).find(({ email }) => email === "f.3@adebayo.example")?.phone).toBe("+442079460103");
  });

  test("is erased to the end though the worker dies between", async () => {
    const { scope, system, connectorId } = await tenPeople(engine);
    await without(scope, connectorId, system, ["notes"]);
    const [erasure] = await erasures(scope);
    const dying = new AbortController();
    dying.abort();
    const erase = (signal: AbortSignal) =>
      eraseFields(scope, erasure?.id ?? "", { subjects, doors: system.doors, signal });
    await expect(erase(dying.signal)).rejects.toThrow();
    await goOnErasing(scope);
    await erase(new AbortController().signal);
    await erase(new AbortController().signal);
    expect((await erasures(scope))[0]?.finished_at).not.toBeNull();
    expect(await isStored(scope, "zymurgy")).toBe(false);
  });
});
