/** A value followed back through the zones: from the contact to what was received, from a file, a connector and a person. */
import { describe, expect, test } from "vitest";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { homeOf } from "~/features/contacts/values/address-text";
import { countZones } from "~/features/contacts/zones/count-zones.server";
import { findRecord, listMadeFrom } from "~/features/contacts/zones/find-record.server";
import { listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { leftCells, traceRecord } from "~/features/contacts/zones/trace";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { findRaw, listVersions } from "~/features/pipeline/zones/find-raw.server";
import { listRaw } from "~/features/pipeline/zones/list-raw.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { receivedCells } from "~/routes/data/received-cells.server";
import { imported } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
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
      system.put("people", `p${n}`, { given: `Folasade ${n}`, family: "Adebayo", email, mobile: "020 7946 0182" });
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
    expect(raw.fields).toContainEqual({ name: "email", text: "  F.2@Adebayo.example " });
    const [made] = await listMadeFrom(scope, raw.id);
    const { record, rows } = await traced(scope, there(made).id, system.doors.providers);
    expect(record.raw?.id).toBe(raw.id);
    expect(row(rows, "emails")).toEqual({
      ...{ field: "emails", label: "Email", served: "this", instead: [], isPinned: false },
      values: [{ text: "F.2@Adebayo.example", label: null }],
      received: [{ column: "Email", field: "email", text: "  F.2@Adebayo.example ", rawField: "email" }],
    });
    expect(row(rows, "phones")).toMatchObject({
      values: [{ text: "+442079460182" }],
      received: [{ column: "Mobile", text: "020 7946 0182" }],
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
    expect((await listSources(later)).sources).toEqual([
      expect.objectContaining({ id: connectorId, stored: 1, open: { refused: 0, held: 0, going: 0 } }),
    ]);
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
    expect((await listSources(scope)).sources[0]?.open).toEqual({ refused: 1, held: 0, going: 0 });
    await close();
  });

  test("are counted, and walked page by page by an index, each record once", async () => {
    const { scope, close, connectorId, known } = await people(120);
    expect(await countZones(scope)).toEqual({
      raw: { count: 120, capped: false },
      canonical: { count: 120, capped: false },
      byHand: { count: 0, capped: false },
      serving: { count: 120, capped: false },
    });
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
    expect(await countZones(own)).toMatchObject({ raw: null, canonical: { count: 1 }, serving: { count: 1 } });
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
