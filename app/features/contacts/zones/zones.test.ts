/** A value followed back through the zones: from the contact to what was received, from a file, a connector and a person. */
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { homeOf } from "~/features/contacts/values/address-text";
import { countZones } from "~/features/contacts/zones/count-zones.server";
import { findRecord, listMadeFrom } from "~/features/contacts/zones/find-record.server";
import { findCalled, listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { leftCells, traceRecord } from "~/features/contacts/zones/trace";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { namesOfRaw } from "~/features/connectors/zones/raw-names.server";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { countRaw } from "~/features/pipeline/zones/count-raw.server";
import { countRefusedOfFiles } from "~/features/pipeline/zones/refused-of-files.server";
import { findRaw, listVersions } from "~/features/pipeline/zones/find-raw.server";
import { listRaw } from "~/features/pipeline/zones/list-raw.server";
import { sumCounted } from "~/platform/counted";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { sourceLines, sumOfSources } from "~/routes/data/source-lines";
import { receivedCells } from "~/routes/data/received-cells.server";
import { imported } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { smallSystem } from "~/testing/small-system";

const none = { connectorId: null, stream: null, runId: null, remoteId: null };

function there<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw new Error("It is not there");
  return thing;
}

describe.each(databases)("the zones on %s", (engine) => {
  const people = async (count = 3) => {
    const { scope: open, close } = await given.ownDatabase(engine);
    const scope: Scope = { ...open, clock: testClock() };
    const system = smallSystem();
    for (let n = 1; n <= count; n++) {
      const email = `  F.${n}@Adebayo.example `;
      system.put("people", `p${n}`, { given: `Folasade ${n}`, family: "Adebayo", email, mobile: "+447700900182" });
    }
    const connectorId = await connected(scope);
    await synced(scope, connectorId, system);
    const known = { connectorIds: [connectorId], streams: ["people", "companies"] };
    return { scope, close, system, connectorId, known };
  };

  /** The record that a contact says its emails by, traced. */
  async function traced(scope: Scope, recordId: string, providers: Parameters<typeof receivedCells>[1]) {
    const record = await findRecord(scope, recordId);
    if (!record) throw new Error("The record is gone");
    const contact = await findContact(scope, record.contactId);
    const received = receivedCells(record, providers);
    const home = homeOf({ ...scope.account, ...scope.place }, contact?.fields);
    return { record, received, rows: traceRecord({ record, contact, received, home }) };
  }
  const row = (rows: ReturnType<typeof traceRecord>, field: string) => rows.find((each) => each.field === field);

  test("lead from a value of a contact to the field of the record as a connector received it, and back", async () => {
    const { scope, close, system, known } = await people();
    const atSource = await listRaw(scope, { ...none, remoteId: "p2" }, { after: null, known });
    expect(atSource.rows).toEqual([expect.objectContaining({ remoteId: "p2", stream: "people", state: "standing" })]);
    const raw = there(await findRaw(scope, there(atSource.rows[0]?.id)));
    expect(raw.fields).toContainEqual({ name: "email", text: "  F.2@Adebayo.example ", isNested: false });
    const [made] = await listMadeFrom(scope, raw.id);
    const { record, rows } = await traced(scope, there(made).id, system.doors.providers);
    expect(record.raw?.id).toBe(raw.id);
    expect(row(rows, "emails")).toEqual({
      ...{ field: "emails", label: "Email", served: "this", instead: [], isPinned: false },
      values: [{ text: "F.2@Adebayo.example", label: null }],
      received: [{ column: "Email", field: "email", text: "  F.2@Adebayo.example ", rawField: "email" }],
    });
    expect(row(rows, "phones")).toMatchObject({
      values: [{ text: "07700 900182" }],
      received: [{ column: "Mobile", text: "+447700900182" }],
    });
    expect(row(rows, "name")?.received.map(({ column, text }) => [column, text])).toEqual([
      ["Given name", "Folasade 2"],
      ["Family name", "Adebayo"],
    ]);
    await close();
  });

  test("tell what the contact says instead where a newer record or a pin is in the way", async () => {
    const { scope, close, system, connectorId, known } = await people(1);
    const [record] = (await listCanonical(scope, { runId: null, contactId: null }, null)).rows;
    if (!record) throw new Error("There is no record");
    const { contactId, id } = record;
    (scope.clock as ReturnType<typeof testClock>).advance(60_000);
    const { scope: later } = await imported(
      scope,
      "Name,Email,Job title\nFolasade 1 Adebayo,F.1@adebayo.example,Potter\n",
    );
    const sourced = await traced(later, id, system.doors.providers);
    expect(sourced.record.contactId).toBe(contactId);
    expect(row(sourced.rows, "emails")?.served).toBe("same");
    expect(row(sourced.rows, "name")?.served).not.toBe("this");
    const [newest] = (await listCanonical(later, { runId: null, contactId }, null)).rows;
    const file = await traced(later, newest?.id ?? "", new Map());
    expect(row(file.rows, "jobTitle")).toMatchObject({
      served: "this",
      received: [{ column: "Job title", text: "Potter", rawField: "Job title" }],
    });
    expect((await listSources(later)).map(({ id }) => id)).toEqual([connectorId]);
    expect(await countRaw(later, [connectorId])).toMatchObject({ open: new Map(), openCapped: false });
    expect(known.connectorIds).toContain(connectorId);
    await close();
  });

  test("keep every version of a record, and tell which one is taken in and what came of it", async () => {
    const { scope, close, system, connectorId, known } = await people(1);
    system.put("people", "p1", { given: "Folasade", family: "Adebayo-Hale", email: "f.1@adebayo.example" });
    await synced(scope, connectorId, system);
    system.put("people", "p1", { given: "", family: "", email: "at home" });
    await synced(scope, connectorId, system);
    const [now] = (await listRaw(scope, { ...none, connectorId }, { after: null, known })).rows;
    const raw = await findRaw(scope, now?.id ?? "");
    expect(raw).toMatchObject({ outcome: "refused", refusals: [expect.objectContaining({ value: "at home" })] });
    const versions = await listVersions(scope, raw?.source?.id ?? "");
    expect(versions.map(({ outcome, isTaken }) => [outcome, isTaken])).toEqual([
      ["refused", false],
      ["changed", true],
      ["new", false],
    ]);
    expect((await countRaw(scope, [])).open).toEqual(new Map([[connectorId, { refused: 1, held: 0, going: 0 }]]));
    await close();
  });

  test("are counted, and walked page by page by an index, each record once", async () => {
    const { scope, close, connectorId, known } = await people(120);
    const nobody = { count: 0, capped: false };
    const all = { count: 120, capped: false };
    expect(await countZones(scope, [connectorId])).toEqual({
      canonical: { byHand: nobody, files: nobody, others: nobody, connectors: new Map([[connectorId, all]]) },
      serving: all,
    });
    const raw = { files: nobody, filesAt: null, others: nobody, connectors: new Map([[connectorId, all]]) };
    expect(await countRaw(scope, [connectorId])).toMatchObject(raw);
    const walks = {
      newest: (after: string | null) => listRaw(scope, none, { after, known }),
      ofSource: (after: string | null) => listRaw(scope, { ...none, connectorId }, { after, known }),
      canonical: (after: string | null) => listCanonical(scope, { runId: null, contactId: null }, after),
    };
    for (const walk of Object.values(walks)) {
      const ids: (string | null)[] = [];
      let after: string | null = null;
      do {
        const page: { rows: { id: string | null }[]; after: string | null } = await walk(after);
        ids.push(...page.rows.map(({ id }) => id));
        after = page.after;
      } while (after !== null);
      expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
    }
    await close();
  });

  test("are what their sources come to, files, people and deleted connectors included", async () => {
    const { scope, close, system, connectorId } = await people(2);
    const lone = "Name,Email\nOdalys Ferreira,odalys@ferreira.example\n";
    const { scope: later } = await imported(scope, `${lone}Bridget Cole,bridget at home\n`);
    const deleted = await connected(later);
    await synced(later, deleted, system);
    system.put("people", "p1", { given: "Folasade 1", family: "Hale", email: "f.1@adebayo.example" });
    await synced(later, connectorId, system);
    await given.contact(later, { givenName: "Chidi", familyName: "Adebayo" });
    const gone = await deleteConnector(later, deleted, { takesAway: null });
    expect(gone.ok).toBe(true);

    const sources = await listSources(later);
    const ids = sources.map(({ id }) => id);
    const [{ canonical }, raw, refusedOfFiles] = [
      await countZones(later, ids),
      await countRaw(later, ids),
      await countRefusedOfFiles(later),
    ];
    const lines = sourceLines({ sources, canonical: [canonical], raw, refusedOfFiles });
    expect(
      lines.map(({ name, raw, canonical, open, arrivedAt }) => [
        ...[name, raw.count, canonical.count, open.refused, arrivedAt !== null],
      ]),
    ).toEqual([
      ["Small Ledger of Brandt", 3, 2, 0, true],
      ["Deleted connectors", 2, 2, 0, false],
      ["Files", 2, 1, 1, true],
      ["By hand", 0, 1, 0, false],
    ]);
    const inAll = async (table: "raw_records" | "contact_records") => {
      const { count } = await later.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("account_id", "=", later.account.id)
        .$if(table === "contact_records", (query) => query.where("withdrawn_at" as never, "is", null))
        .executeTakeFirstOrThrow();
      return Number(count);
    };
    expect(sumCounted(lines.map(({ raw }) => raw)).count).toBe(await inAll("raw_records"));
    expect(sumOfSources(canonical).count).toBe(await inAll("contact_records"));
    const now = later.clock.now();
    await later.db
      .updateTable("contacts")
      .set({ archived_at: now, deleted_at: now })
      .where("account_id", "=", later.account.id)
      .where("email", "=", "odalys@ferreira.example")
      .execute();
    expect((await countZones(later, ids)).canonical.files.count, "of whom it was deleted").toBe(0);
    await close();
  });

  test("count of a connector what its newest receipt says is stored, and mark what is said of archived contacts", async () => {
    const { scope, close, system, connectorId } = await people(4);
    system.remove("people", "p4");
    const run = await synced(scope, connectorId, system);
    const canonical = async () => (await countZones(scope, [connectorId])).canonical.connectors.get(connectorId)?.count;
    const stored = async (runId: string) => (await runOf(scope, runId)).connector?.stored;
    expect([run.connector?.gone, await canonical(), await stored(run.id)]).toEqual([1, 3, 3]);
    const marked = async () => {
      const { rows } = await listCanonical(scope, { runId: null, contactId: null }, null);
      return rows.filter(({ isOfArchived, isWithdrawn }) => isOfArchived && !isWithdrawn).map(({ name }) => name);
    };
    expect(await marked()).toEqual(["Folasade 4 Adebayo"]);

    const taken = await takeAway(scope, connectorId, system.provider);
    const runId = (taken.ok && taken.runId) || "";
    const { signal } = new AbortController();
    await continueSync(scope, runId, { subjects, doors: system.doors, signal });
    expect([await canonical(), await stored(runId)]).toEqual([0, 0]);
    expect(await marked()).toHaveLength(4);
    await undoneWholly(scope, (await runOf(scope, runId)).changeSetId ?? "");
    expect(await canonical()).toBe(3);
    await close();
  });

  test("call records of connectors by the names that they say themselves", async () => {
    const { scope, close, system, connectorId, known } = await people(2);
    system.put("people", "p2", { given: "", family: "", email: "f.2@adebayo.example" });
    system.put("companies", "c1", { name: "Brandt Holzbau GmbH" });
    await synced(scope, connectorId, system);
    const { rows } = await listRaw(scope, { ...none, connectorId }, { after: null, known });
    const names = await namesOfRaw(
      scope,
      rows.map(({ id }) => id ?? ""),
      system.doors.providers,
    );
    expect(rows.map(({ id, remoteId }) => [remoteId, names.get(id ?? "")])).toEqual([
      ["c1", "Brandt Holzbau GmbH"],
      ["p1", "Folasade 1 Adebayo"],
      ["p2", "f.2@adebayo.example"],
    ]);
    expect(await namesOfRaw(scope, [rows[0]?.id ?? ""], new Map())).toEqual(new Map());
    await close();
  });

  test("are searched by what the list of contacts finds: all that any source says of whom", async () => {
    const { scope, close } = await people(3);
    const recordsOf = async (words: string) => {
      const found = await findCalled(scope, words);
      const filters = { runId: null, contactId: null, contactIds: found?.ids ?? null };
      return (await listCanonical(scope, filters, null)).rows.map(({ name }) => name);
    };
    expect(await recordsOf("folasade 2")).toEqual(["Folasade 2 Adebayo"]);
    expect((await recordsOf("adebayo")).sort()).toEqual([
      "Folasade 1 Adebayo",
      "Folasade 2 Adebayo",
      "Folasade 3 Adebayo",
    ]);
    expect(await recordsOf("nobody of that name")).toEqual([]);
    expect(await findCalled(scope, " ")).toBeNull();
    await close();
  });

  test("tell when a connector brought something last, also where all of it was known already", async () => {
    const { scope: open, close } = await given.ownDatabase(engine);
    const { scope } = await imported(
      { ...open, clock: testClock() },
      "Name,Email\nBridget Cole,bridget@cole.example\n",
    );
    const system = smallSystem();
    system.put("people", "p1", { given: "Bridget", family: "Cole", email: "bridget@cole.example" });
    const connectorId = await connected(scope);
    const { counts, finishedAt } = await synced(scope, connectorId, system);
    expect(counts).toMatchObject({ created: 0, changed: 0, same: 1 });
    expect((await listSources(scope))[0]?.arrivedAt).toBe(finishedAt);
    await synced(scope, connectorId, system);
    expect((await listSources(scope))[0]?.arrivedAt).toBe(finishedAt);
    await close();
  });

  test("tell when a connector was read last, and not when something was done that asked it nothing", async () => {
    const { scope, close, system, connectorId } = await people(2);
    system.remove("people", "p2");
    system.put("people", "p1", { email: "at home" });
    const { finishedAt } = await synced(scope, connectorId, system);
    await synced(scope, connectorId, system, { mode: "refused" });
    expect((await listSources(scope))[0]).toMatchObject({ readAt: finishedAt, gone: 1 });
    await close();
  });

  test("show somebody who sees their own contacts only nothing of others", async () => {
    const { scope, close } = await people(2);
    const [first, second] = (await listCanonical(scope, { runId: null, contactId: null }, null)).rows;
    if (!first || !second || !scope.user) throw new Error("Two records are there");
    const own = { ...scope, role: "user" as const, ownOnly: true };
    await scope.db
      .updateTable("contacts")
      .set({ owner_id: null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", second.contactId)
      .execute();
    const { canonical, serving } = await countZones(own, []);
    expect([sumOfSources(canonical).count, serving.count]).toEqual([1, 1]);
    expect((await listCanonical(own, { runId: null, contactId: null }, null)).rows.map(({ id }) => id)).toEqual([
      first.id,
    ]);
    expect(await findRecord(own, first.id)).not.toBeNull();
    expect(await findRecord(own, second.id)).toBeNull();
    await close();
  });

  test("find nothing by what is no id, or nobody’s", async () => {
    const scope = await given.scope(engine);
    const known = { connectorIds: [], streams: [] };
    for (const id of ["x", "' or 1=1", newId()]) {
      expect(await findRecord(scope, id)).toBeNull();
      expect(await findRaw(scope, id)).toBeNull();
      expect((await listRaw(scope, { ...none, runId: id }, { after: null, known })).rows).toEqual([]);
      expect((await listCanonical(scope, { runId: id, contactId: null }, id)).rows).toEqual([]);
    }
  });
});

test("what was received and is no value of the contact is told apart", () => {
  const cell = (column: string, field: string, text: string) => ({ column, field, text, rawField: null });
  const received = [
    cell("Email", "email", "a@b.example"),
    cell("Label of the email", "emailLabel", "work"),
    cell("Label of the phone", "phoneLabel", "mobile"),
    cell("Note on the phone", "phoneNote", "before ten"),
    cell("Opted out", "noEmail", "yes"),
    cell("Shoe size", "", "9"),
  ];
  expect(leftCells([...received, cell("Empty", "", "")]).map(({ column }) => column)).toEqual([
    "Opted out",
    "Shoe size",
  ]);
  expect(contactSubject.fields.some(({ id }) => id === "noEmail")).toBe(true);
});

test("a company that came under a full name is followed back to that column", () => {
  const cell = (column: string, field: string, text: string) => ({ column, field, text, rawField: column });
  const rows = traceRecord({
    record: { id: newId(), source: "connector", data: { company: "Zieleńewicz sp. z o.o." } },
    contact: null,
    received: [cell("Name", "name", "Zieleńewicz sp. z o.o."), cell("Id", "", "5")],
    home: homeOf({ locale: "en-GB", phoneCountry: "GB" }),
  });
  expect(rows.map(({ field, received }) => [field, received.map(({ column }) => column)])).toEqual([
    ["company", ["Name"]],
  ]);
});
