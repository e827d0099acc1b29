/** A connector read from its first record to its last: what comes of it here, and the receipt that proves it. */
import { describe, expect, test } from "vitest";
import "~/features/changes/tables";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { listRelated } from "~/features/contacts/relationships/related.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, contactsOf, synced } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const people: Record<string, Record<string, string>> = {
  p1: { given: "Folasade", family: "Adebayo", email: "folasade@adebayo.example", mobile: "020 7946 0182" },
  p2: { given: "Ann", family: "Okafor", email: "ann@okafor.example", worksFor: "c1" },
  p3: { given: "François", family: "Müller", mobile: "+49 30 1234567", worksFor: "c2" },
  p4: { given: "Jan", family: "Brandt", email: "jan@brandt.example", optOut: "yes" },
};

function firm(): SmallSystem {
  const system = smallSystem();
  for (const [id, facts] of Object.entries(people)) system.put("people", id, facts);
  system.put("companies", "c1", { name: "Brandt Holzbau GmbH", phone: "+49 30 7654321" });
  return system;
}

async function given1(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  return { scope, system: firm(), connectorId: await connected(scope) };
}

async function counted(scope: Scope, table: "raw_records" | "contact_records" | "change_sets" | "source_records") {
  const rows = await scope.database.unguarded
    .selectFrom(table)
    .select("id")
    .where("account_id", "=", scope.account.id)
    .execute();
  return rows.length;
}

describe.each(databases)("a whole reading on %s", (engine) => {
  test("brings people and companies in, with a receipt that adds up", async () => {
    const { scope, system, connectorId } = await given1(engine);
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({
      state: "done",
      counts: { read: 5, created: 5, changed: 0, same: 0, refused: 0 },
      connector: { id: connectorId, mode: "whole", said: 5, stored: 5, gone: 0, held: 0, waiting: null },
      problem: null,
    });
    expect(await contactsOf(scope)).toMatchObject([
      { name: "Folasade Adebayo", kind: "individual", email: "folasade@adebayo.example", phone: "+442079460182" },
      { name: "Brandt Holzbau GmbH", kind: "business", phone: "+49307654321" },
      { name: "Jan Brandt" },
      { name: "François Müller", phone: "+49301234567" },
      { name: "Ann Okafor" },
    ]);
    expect(run.log).toContain("Reads all people.");
    expect(run.log).toContain(
      "The source says 5, read 5 records, 5 new, 0 changed, 0 the same, 0 refused. Stored now: 5.",
    );
    expect(run.log.at(-1)).toBe("Done.");
  });

  test("says of each value that it came from the connector", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const contact = await findContact(scope, (await idOf(scope, "ann@okafor.example")) ?? "");
    expect(Object.values(contact?.sources ?? {})).toMatchObject([
      { source: "connector", fileName: "Small Ledger of Brandt" },
    ]);
  });

  test("of the same again writes nothing but that it was seen", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const before = await Promise.all([contactsOf(scope), counted(scope, "raw_records"), counted(scope, "change_sets")]);
    const again = await synced(scope, connectorId, system, { mode: "whole" });
    expect(again).toMatchObject({
      state: "done",
      counts: { read: 5, created: 0, changed: 0, same: 5, refused: 0 },
      connector: { mode: "whole", said: 5, stored: 5 },
      changeSetId: null,
    });
    expect(
      await Promise.all([contactsOf(scope), counted(scope, "raw_records"), counted(scope, "change_sets")]),
    ).toEqual(before);
  });

  test("also where the source has turned its properties round", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    for (const [id, facts] of Object.entries(people)) {
      system.put("people", id, Object.fromEntries(Object.entries(facts).reverse()));
    }
    expect((await synced(scope, connectorId, system, { mode: "whole" })).counts).toMatchObject({ same: 5, changed: 0 });
    expect((await synced(scope, connectorId, system, { mode: "whole" })).counts).toMatchObject({ same: 5, changed: 0 });
  });

  test("finds whom others have brought in, and changes what is newer there", async () => {
    const { scope, system, connectorId } = await given1(engine);
    const { id } = await given.contact(scope, {
      ...{ givenName: "Ann", familyName: "Okafor-Lindqvist", emails: [{ label: null, value: "ann@okafor.example" }] },
    });
    const run = await synced(scope, connectorId, system);
    expect(run.counts).toMatchObject({ created: 4, same: 1 });
    // What was typed by hand stands.
    expect(await idOf(scope, "ann@okafor.example")).toBe(id);
    expect((await findContact(scope, id))?.name).toBe("Ann Okafor-Lindqvist");
  });

  test("keeps a record that it refuses with its reason, and takes it when it has become better", async () => {
    const { scope, system, connectorId } = await given1(engine);
    system.put("people", "p5", { given: "Bridget", email: "bridget at home" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 6, created: 5, refused: 1 }, connector: { stored: 5 } });
    const refused = scope.db.selectFrom("refused_rows").select(["column_name", "value"]);
    expect(await refused.where("account_id", "=", scope.account.id).where("run_id", "=", run.id).execute()).toEqual([
      { column_name: "Email", value: "bridget at home" },
    ]);
    const again = await synced(scope, connectorId, system, { mode: "whole" });
    expect(again).toMatchObject({ counts: { read: 6, same: 5, refused: 1 }, connector: { stored: 5 }, state: "done" });
    system.put("people", "p5", { given: "Bridget", email: "bridget@home.example" });
    const better = await synced(scope, connectorId, system);
    expect(better.counts).toMatchObject({ read: 1, created: 1, refused: 0 });
    expect(better.connector?.stored).toBe(6);
  });

  test("of the refused alone asks the source nothing", async () => {
    const { scope, system, connectorId } = await given1(engine);
    system.put("people", "p5", { given: "Bridget", mobile: "12" });
    await synced(scope, connectorId, system);
    const asked = system.asked;
    const again = await synced(scope, connectorId, system, { mode: "refused" });
    // Nobody has mended it yet.
    expect(again).toMatchObject({ state: "attention", counts: { read: 1, refused: 1 } });
    expect(system.asked).toBe(asked);
  });

  test("lets a person work for a company, whichever of them comes first", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    expect(await worksFor(scope, "ann@okafor.example")).toEqual(["Brandt Holzbau GmbH"]);
    system.put("companies", "c2", { name: "Müller & Söhne" });
    await synced(scope, connectorId, system);
    const francois = await scope.db
      .selectFrom("contacts")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("family_name", "=", "Müller")
      .executeTakeFirstOrThrow();
    expect(await relatedTo(scope, francois.id)).toEqual(["Müller & Söhne"]);
  });

  test("takes that back when the source says it no longer", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const { worksFor: _, ...alone } = people.p2 ?? {};
    system.put("people", "p2", alone);
    await synced(scope, connectorId, system);
    expect(await worksFor(scope, "ann@okafor.example")).toEqual([]);
  });

  test("marks whom the source says not to write to, and leaves it lifted when a person lifts it", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const marks = () =>
      scope.db
        .selectFrom("do_not_contact_marks")
        .select(["channel", "reason", "lifted_at"])
        .where("account_id", "=", scope.account.id)
        .execute();
    expect(await marks()).toEqual([{ channel: "email", reason: "Small Ledger of Brandt", lifted_at: null }]);
    await scope.db
      .updateTable("do_not_contact_marks")
      .set({ lifted_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .execute();
    system.put("people", "p4", { ...people.p4, notes: "Prefers to be called Johannes" });
    await synced(scope, connectorId, system);
    expect((await marks()).filter(({ lifted_at }) => lifted_at === null)).toEqual([]);
  });

  test("does not bring back who was deleted here, whatever becomes of them there", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    await scope.db
      .updateTable("contacts")
      .set({ deleted_at: scope.clock.now(), archived_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("email", "=", "ann@okafor.example")
      .execute();
    system.put("people", "p2", { ...people.p2, email: "ann@lindqvist.example" });
    const run = await synced(scope, connectorId, system);
    expect(run.counts).toMatchObject({ read: 1, created: 0, changed: 0, same: 1 });
    expect((await contactsOf(scope)).map(({ name }) => name)).not.toContain("Ann Okafor");
  });

  test("leaves what a person typed and pinned as it is, and says that it changed nothing", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const id = (await idOf(scope, "ann@okafor.example")) ?? "";
    const { version, values } = (await findContact(scope, id))!;
    await editContact(scope, id, { version, values: { ...values, familyName: "Okafor-Lindqvist" } });
    system.put("people", "p2", { ...people.p2, family: "Okaforr" });
    const run = await synced(scope, connectorId, system);
    expect(run.counts).toMatchObject({ read: 1, changed: 0, same: 1 });
    expect((await findContact(scope, id))?.name).toBe("Ann Okafor-Lindqvist");
  });

  test("reads what was chosen and stores nothing else, though the source sends it", async () => {
    const scope = await given.scope(engine, "admin", { clock: testClock() });
    const connectorId = await connected(scope, { fields: { people: ["given", "family", "email"] } });
    await synced(scope, connectorId, firm());
    const raw = scope.db.selectFrom("raw_records").select("payload").where("account_id", "=", scope.account.id);
    expect((await raw.execute()).map(({ payload }) => payload).join()).not.toContain("020 7946");
  });

  test("is needing attention where what came is not what the source says it has", async () => {
    const { scope, system, connectorId } = await given1(engine);
    system.count = 7;
    const run = await synced(scope, connectorId, system);
    expect(run.state).toBe("attention");
    expect(run.problem).toContain("The source says it has 7 people, but 4 came.");
  });

  test("refuses a record that fits two contacts, and tries it again when everything else is in", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const email = { label: null, value: "ann@okafor.example" };
    const { id } = await given.contact(scope, { givenName: "Anna", familyName: "Okafor", emails: [email] });
    system.put("people", "p9", { given: "Anna", family: "Okafor", email: "ann@okafor.example", notes: "Sings" });
    expect((await synced(scope, connectorId, system)).counts).toMatchObject({ read: 1, refused: 1 });
    // Read first it fits both; what is read after it makes it fit one.
    system.put("people", "p9", { given: "Anna", family: "Okafor", email: "ann@okafor.example", notes: "Sings alto" });
    system.put("people", "p2", { ...people.p2, email: "ann@lindqvist.example" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "done", counts: { read: 2, changed: 2, refused: 0 } });
    expect((await findContact(scope, id))?.values.notes).toBe("Sings alto");
  });
});

async function idOf(scope: Scope, email: string): Promise<string | undefined> {
  const row = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("email", "=", email)
    .executeTakeFirst();
  return row?.id;
}

async function worksFor(scope: Scope, email: string): Promise<string[]> {
  return relatedTo(scope, (await idOf(scope, email)) ?? "");
}

async function relatedTo(scope: Scope, contactId: string): Promise<string[]> {
  const related = await listRelated(scope, contactId);
  return related.filter(({ type, back }) => type === "works-for" && !back).map(({ name }) => name);
}
