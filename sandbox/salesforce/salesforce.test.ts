import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specification } from "~/testing/check-schema";
import { type SalesforceStandIn, startSalesforce } from "./salesforce";

type Body = Record<string, unknown>;

interface Recorded {
  status: number;
  headers: Record<string, string>;
  response: Body;
}

function recordedAs(name: string): Recorded | null {
  const text = specification(`salesforce/examples/${name}_recorded.json`);
  return text === null ? null : (JSON.parse(text) as Recorded);
}

const found = recordedAs("query_200");
const nothing = recordedAs("query_empty_200");
const missing = recordedAs("contact_get_404");
const contact = recordedAs("contact_get_200");
const lead = recordedAs("lead_get_200");

let standIn: SalesforceStandIn;
beforeAll(async () => {
  standIn = await startSalesforce({ contacts: 1_200, leads: 20, accounts: 10 });
});
afterAll(() => standIn.close());

const DATA = "/services/data/v62.0";

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(standIn.url + path, { headers: { authorization: "Bearer any", ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

const query = (soql: string, headers?: Record<string, string>) =>
  ask(`${DATA}/query?q=${encodeURIComponent(soql)}`, headers);
const keysOf = (value: unknown) => Object.keys(value as object).sort();
const recordsOf = (body: Body) => body.records as Body[];

describe("what stands in for Salesforce", () => {
  test.skipIf(!found || !nothing)("answers a query with what was recorded", async () => {
    const own = await query("SELECT Id FROM Contact WHERE Email != null LIMIT 1");
    expect(keysOf(own.body)).toEqual(keysOf(found?.response));
    expect(keysOf(recordsOf(own.body)[0])).toEqual(keysOf(recordsOf(found?.response ?? {})[0]));
    expect(String(recordsOf(own.body)[0]?.Id)).toMatch(/^003\w{15}$/);
    expect((await query("SELECT Id FROM Account WHERE Name = 'nobody’s'")).body).toEqual(nothing?.response);
    expect(own.headers.get("sforce-limit-info")).toMatch(/^api-usage=\d+\/15000$/);
    expect(found?.headers["Sforce-Limit-Info"]).toMatch(/^api-usage=\d+\/15000$/);
  });

  test.skipIf(!contact || !lead)("has of a record what was recorded, in the same types", async () => {
    for (const [recorded, path] of [
      [contact, `Contact/${standIn.contactId(3)}`],
      [lead, `Lead/${standIn.leadId(3)}`],
    ] as const) {
      const { body } = await ask(`${DATA}/sobjects/${path}`);
      const notOfAll = /__c$|^(?:HasOptedOutOfEmail|DoNotCall|Account)$/;
      const names = keysOf(body).filter((name) => !notOfAll.test(name));
      expect(keysOf(recorded?.response)).toEqual(expect.arrayContaining(names));
      expect(String(body.SystemModstamp)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
      expect(String(recorded?.response.SystemModstamp)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    }
  });

  test.skipIf(!missing)("says that something is not there as it was recorded: in an array", async () => {
    const own = await ask(`${DATA}/sobjects/Contact/0034S000005YJX9QAO`);
    expect([own.status, own.body]).toEqual([missing?.status, missing?.response]);
  });

  test.skipIf(!contact).each(["Contact", "Lead", "Account"])("describes a %s as it was recorded", async (name) => {
    const recorded = recordedAs(`${name.toLowerCase()}_describe_200`);
    if (!recorded) throw new Error("The description is missing beside the other records");
    const { body } = await ask(`${DATA}/sobjects/${name}/describe`);
    expect(keysOf(body)).toEqual(keysOf(recorded.response));
    const theirs = new Map((recorded.response.fields as Body[]).map((field) => [field.name, field]));
    const known = (body.fields as Body[]).filter((field) => theirs.has(field.name));
    expect(known.length).toBeGreaterThan(25);
    const facts = ({ name, label, type, length, custom, compoundFieldName, relationshipName }: Body) => ({
      ...{ name, label, type, length, custom, compoundFieldName, relationshipName },
    });
    for (const field of known) {
      expect(facts(field)).toEqual(facts(theirs.get(field.name) ?? {}));
      expect(keysOf(field)).toEqual(keysOf(theirs.get(field.name)));
    }
    const own = (body.fields as Body[]).filter((field) => !theirs.has(field.name)).map((field) => String(field.name));
    expect(own.filter((name) => !/^(?:Portrait__c|acme_.*|HasOptedOutOfEmail|DoNotCall)$/.test(name))).toEqual([]);
  });

  test("gives out what it found in pieces, each with where the next is, which is no whole address", async () => {
    const first = await query("SELECT Id FROM Contact ORDER BY Id", { "sforce-query-options": "batchSize=500" });
    expect([recordsOf(first.body).length, first.body.done, first.body.totalSize]).toEqual([500, false, 1_200]);
    expect(String(first.body.nextRecordsUrl)).toMatch(/^\/services\/data\/v62\.0\/query\/\w+-500$/);
    const second = await ask(String(first.body.nextRecordsUrl));
    const third = await ask(String(second.body.nextRecordsUrl));
    expect([recordsOf(third.body).length, third.body.done, third.body.nextRecordsUrl]).toEqual([200, true, undefined]);
    standIn.trouble.on("expired-cursor", { times: 1 });
    const late = await ask(String(first.body.nextRecordsUrl));
    expect([late.status, late.body]).toMatchObject([400, [{ errorCode: "INVALID_QUERY_LOCATOR" }]]);
  });

  test("refuses what it does not know, and too long an address", async () => {
    expect((await query("SELECT Shoesize__c FROM Contact")).body).toMatchObject([{ errorCode: "INVALID_FIELD" }]);
    expect((await query("SELECT Id FROM Shoe")).body).toMatchObject([{ errorCode: "INVALID_TYPE" }]);
    expect((await query("SELECT Id FORM Contact")).body).toMatchObject([{ errorCode: "MALFORMED_QUERY" }]);
    const long = await fetch(`${standIn.url}${DATA}/query?q=${"x".repeat(15_100)}`, {
      headers: { authorization: "Bearer any" },
    });
    expect(long.status).toBe(414);
  });

  test("tells deletions and merges for fifteen days, by the minute, and only of more than one", async () => {
    standIn.setTime("2026-11-22T09:00:30.000Z");
    standIn.contacts.remove(30);
    standIn.contacts.merge({ keep: 31, absorb: 32 });
    const between = (start: string, end: string) =>
      ask(`${DATA}/sobjects/Contact/deleted/?start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`);
    const told = await between("2026-11-22T08:00:00+00:00", "2026-11-22T09:05:59+00:00");
    expect((told.body.deletedRecords as Body[]).map(({ id }) => id)).toEqual([30, 32].map(standIn.contactId));
    expect(told.body).toMatchObject({
      latestDateCovered: "2026-11-22T09:05:00.000+0000",
      earliestDateAvailable: "2026-11-07T09:00:30.000+0000",
    });
    const short = await between("2026-11-22T09:00:00+00:00", "2026-11-22T09:00:40+00:00");
    expect([short.status, short.body]).toMatchObject([400, [{ errorCode: "INVALID_REPLICATION_DATE" }]]);
    const all = `SELECT Id, MasterRecordId FROM Contact WHERE IsDeleted = true ORDER BY Id`;
    const bin = await ask(`${DATA}/queryAll?q=${encodeURIComponent(all)}`);
    expect(recordsOf(bin.body)).toMatchObject([{ MasterRecordId: null }, { MasterRecordId: standIn.contactId(31) }]);
    expect((await query(all)).body).toMatchObject({ totalSize: 0, done: true });
    standIn.setTime("2026-12-22T09:00:30.000Z");
    expect((await ask(`${DATA}/queryAll?q=${encodeURIComponent(all)}`)).body.totalSize).toBe(0);
  });
});
