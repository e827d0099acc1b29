import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { type HubSpotStandIn, startHubSpot } from "../../../../../sandbox/hubspot/hubspot";
import { CursorExpired, GrantEnded, Throttled, Trouble } from "~/features/connectors/connector";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["firstname", "lastname", "email", "hs_additional_emails", "company", "associations.companies"];
const CONTACTS = 450;

let standIn: HubSpotStandIn;
beforeEach(async () => {
  standIn = await startHubSpot({ contacts: CONTACTS, companies: 30, isValid: (token) => token === "token-of-today" });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: { api: standIn.url }, ...more });
type Whole = Awaited<ReturnType<typeof readAll>>;
const wholeOf = () => readAll(hubspot, connected(), { fields });
const since = (changesFrom: Whole["changesFrom"]) => ({ kind: "changes", since: changesFrom ?? null }) as const;
const changesSince = (changesFrom: Whole["changesFrom"]) =>
  readAll(hubspot, connected(), { fields, how: since(changesFrom) });
const person = (more: object) => ({ ...samplePerson(5), companies: [], more: {}, ...more });

/** Long after what was there at first changed, so that it is not read again. */
const later = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes)).toISOString();
const idsOf = (found: Whole) => found.records.map(({ id }) => id);

describe("reading everything from HubSpot", () => {
  test("brings each contact once, with the companies that they belong to", async () => {
    const { pages, records } = await wholeOf();
    expect(pages.map((page) => page.records.length)).toEqual([100, 100, 100, 100, 50]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
    const links = records.flatMap((record) => (isThere(record) ? [hubspot.linksOf?.("contacts", record.payload)] : []));
    const worksFor = (...keys: number[]) =>
      keys.map((key) => ({ type: "works-for", streamId: "companies", id: standIn.companyId(key) }));
    expect([links[0], links[6]]).toEqual([worksFor(1), worksFor(7, 8)]);
    expect(links[3]).toEqual([]);
  });

  test("keeps the chosen properties only, and of these what says something", async () => {
    const { records } = await readAll(hubspot, connected(), { fields: ["lastname", "membership_no"] });
    const payloads = records.flatMap((record) => (isThere(record) ? [record.payload] : []));
    expect([...new Set(payloads.flatMap(Object.keys))].sort()).toEqual(["lastname", "membership_no"]);
    expect(payloads.some((payload) => payload.membership_no === undefined)).toBe(true);
  });

  test("is the same when it is taken up anew behind each page, and with more properties than an address can name", async () => {
    const many = [...fields, ...(await hubspot.discover(connected(), "contacts")).map(({ id }) => id)];
    const atOnce = await wholeOf();
    expect((await readInPieces(hubspot, connected(), { fields })).records).toEqual(atOnce.records);
    const { records } = await readAll(hubspot, connected(), { fields: [...new Set(many)] });
    expect(records.map(({ id }) => id)).toEqual(idsOf(atOnce));
    expect(records[0]).toMatchObject({ payload: { createdate: expect.any(String) as string } });
    expect(standIn.asked.some(({ path }) => path.endsWith("/batch/read"))).toBe(true);
  });

  test("reads companies as a stream of their own", async () => {
    const { records } = await readAll(hubspot, connected(), { streamId: "companies", fields: ["name", "domain"] });
    expect(records).toHaveLength(30);
    expect(records[0]).toMatchObject({
      id: standIn.companyId(1),
      payload: { domain: expect.stringMatching(/example$/) as string },
    });
  });

  test("from a day on leaves out what has not changed since", async () => {
    standIn.contacts.stoppedAt = later(0);
    standIn.contacts.changeMany([7, 9, 12], () => ({ company: "Kanzlei Weiß" }));
    const how = { kind: "whole", start: "2026-11-22" } as const;
    const { records } = await readAll(hubspot, connected(), { fields, how });
    expect(records.map(({ id }) => id)).toEqual([7, 9, 12].map(standIn.contactId));
  });

  test("an empty account has an empty page", async () => {
    const empty = await startHubSpot({ contacts: 0, companies: 0 });
    try {
      const { pages } = await readAll(hubspot, connectTo({ bases: { api: empty.url } }), { fields });
      expect(pages).toMatchObject([{ records: [], after: null }]);
    } finally {
      await empty.close();
    }
  });
});

describe("reading what has changed at HubSpot", () => {
  /** Read once, a quarter of an hour before anything happens. */
  async function readBefore(): Promise<Whole> {
    standIn.contacts.stoppedAt = later(0);
    const before = await wholeOf();
    standIn.contacts.stoppedAt = later(20);
    return before;
  }

  test("brings nothing where nothing has happened, and who was added, changed and deleted, once more for a while", async () => {
    const { changesFrom } = await readBefore();
    expect((await changesSince(changesFrom)).records).toEqual([]);
    const added = standIn.contacts.add(person({ given: "Jürgen", family: "Größl", companies: [4] }));
    standIn.contacts.change(3, { given: "Folasade", family: "Adebayo-Carver" });
    standIn.contacts.remove(8);
    const first = await changesSince(changesFrom);
    expect(first.records).toHaveLength(3);
    expect(first.records).toContainEqual({ id: standIn.contactId(8), gone: "deleted" });
    const found = first.records.find(({ id }) => id === standIn.contactId(added));
    expect(found).toMatchObject({
      payload: { firstname: "Jürgen", lastname: "Größl", "associations.companies": [standIn.companyId(4)] },
    });
    standIn.contacts.stoppedAt = later(60);
    const again = await changesSince(first.changesFrom);
    expect(again.records).toEqual(first.records);
    expect((await changesSince(again.changesFrom)).records).toEqual([]);
  });

  test("says the same of an unchanged contact as reading everything does", async () => {
    const before = await readBefore();
    standIn.contacts.changeMany([1, 2, 4, 51], () => ({}));
    const { records } = await changesSince(before.changesFrom);
    const payloads = (records: Whole["records"]) =>
      records.flatMap((record) => (isThere(record) ? [[record.id, JSON.stringify(record.payload)] as const] : []));
    const whole = new Map(payloads(before.records));
    expect(payloads(records)).toHaveLength(4);
    for (const [id, payload] of payloads(records)) expect(payload).toBe(whole.get(id));
  });

  test("follows who was merged into whom, also in a reading of everything", async () => {
    const { changesFrom } = await readBefore();
    standIn.contacts.merge({ keep: 20, absorb: 21 });
    standIn.contacts.merge({ keep: 19, absorb: 20 });
    const gone = [20, 21].map((key) => ({ id: standIn.contactId(key), gone: "merged", into: standIn.contactId(19) }));
    const { records } = await changesSince(changesFrom);
    expect(records).toHaveLength(3);
    expect(records).toEqual(expect.arrayContaining(gone));
    expect((await wholeOf()).records).toEqual(expect.arrayContaining(gone));
  });

  test("finds later what a search did not find yet, though it was counted", async () => {
    const { changesFrom } = await readBefore();
    standIn.index.lagMs = 60_000;
    standIn.contacts.change(5, { family: "Weiß" });
    const first = await changesSince(changesFrom);
    expect(first.records).toEqual([]);
    standIn.contacts.stoppedAt = later(30);
    const second = await changesSince(first.changesFrom);
    expect(second.records).toMatchObject([{ id: standIn.contactId(5), payload: { lastname: "Weiß" } }]);
  });

  test("more changes in one instant than a search gives come each once, also in pieces", async () => {
    await standIn.close();
    standIn = await startHubSpot({ contacts: 10_600, companies: 30, isValid: () => true });
    standIn.contacts.stoppedAt = later(0);
    const changesFrom = { from: Date.parse(later(0)), choice: (await readChoice()) ?? "" };
    standIn.contacts.stoppedAt = later(20);
    standIn.contacts.changeMany([10, 11, 12], () => ({ family: "Before" }));
    standIn.contacts.stoppedAt = later(21);
    standIn.contacts.changeMany(rangeOf(100, 10_450), () => ({ company: "Brandt Holzbau GmbH" }));
    standIn.contacts.stoppedAt = later(22);
    standIn.contacts.changeMany([20, 21], () => ({ family: "After" }));
    const found = await readAll(hubspot, connected(), { fields: ["company"], how: since(changesFrom) });
    expect(found.records).toHaveLength(3 + 10_351 + 2);
    expect(new Set(idsOf(found)).size).toBe(3 + 10_351 + 2);
    const inPieces = await readInPieces(hubspot, connected(), { fields: ["company"], how: since(changesFrom) });
    expect(idsOf(inPieces)).toEqual(idsOf(found));
  });

  test("goes by HubSpot’s clock, however wrong ours or theirs is", async () => {
    standIn.contacts.skewMs = -3 * 60 * 60 * 1000;
    const { changesFrom } = await wholeOf();
    standIn.contacts.change(5, { family: "Weiß" });
    const { records } = await changesSince(changesFrom);
    expect(records).toMatchObject([{ id: standIn.contactId(5), payload: { lastname: "Weiß" } }]);
  });

  test("wants everything to be read with other fields, and after so long that deletions are forgotten", async () => {
    const { changesFrom } = await readBefore();
    const other = readAll(hubspot, connected(), { fields: ["email"], how: since(changesFrom) });
    await expect(other).rejects.toThrow(CursorExpired);
    const old = { ...(changesFrom as { choice: string }), from: Date.UTC(2020, 1, 1) };
    await expect(changesSince(old)).rejects.toThrow(CursorExpired);
  });
});

const rangeOf = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, place) => first + place);

/** What a cursor says of the fields chosen, without reading everything for it. */
async function readChoice(): Promise<string | undefined> {
  const small = await startHubSpot({ contacts: 1 });
  try {
    const { changesFrom } = await readAll(hubspot, connectTo({ bases: { api: small.url } }), { fields: ["company"] });
    return (changesFrom as { choice?: string }).choice;
  } finally {
    await small.close();
  }
}

describe("trouble with HubSpot", () => {
  testWrongAnswers({
    provider: hubspot,
    streamId: "contacts",
    fields,
    connect: connected,
    trouble: () => standIn.trouble,
    when: () => ({ after: 1, path: /contacts$/ }),
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", GrantEnded, /contacts and companies/],
      ["wrong-token", GrantEnded, /connect it again/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
    afterwards: async () => expect((await wholeOf()).records).toHaveLength(CONTACTS),
  });

  test("a search that gives the same page again and again ends", async () => {
    standIn.contacts.stoppedAt = later(0);
    standIn.contacts.changeMany(rangeOf(1, 450), () => ({ company: "Brandt Holzbau GmbH" }));
    standIn.trouble.on("repeated-page");
    const how = { kind: "whole", start: "2025-01-01" } as const;
    const reading = readAll(hubspot, connected(), { fields, how });
    await expect(reading).rejects.toThrow(/never end/);
    expect(standIn.asked.length).toBeLessThan(10);
  });

  test("says how long to wait as far as HubSpot does: a search only in words, a day’s limit an hour", async () => {
    standIn.trouble.on("throttled");
    await expect(hubspot.test(connected())).rejects.toMatchObject({ name: "Throttled", waitMs: 10_000 });
    const how = { kind: "whole", start: "2025-01-01" } as const;
    await expect(readAll(hubspot, connected(), { fields, how })).rejects.toMatchObject({ waitMs: 1_000 });
    standIn.isDayOver = true;
    await expect(hubspot.test(connected())).rejects.toMatchObject({ name: "Throttled", waitMs: 3_600_000 });
  });

  test("a page that comes twice is read twice", async () => {
    standIn.trouble.on("duplicate-page", { times: 1, after: 1 });
    const found = await wholeOf();
    expect(found.records).toHaveLength(CONTACTS + 100);
    expect(new Set(idsOf(found)).size).toBe(CONTACTS);
  });

  test("a token that has run out is renewed in between, and the account says its number", async () => {
    const connection = connected({ token: "token-of-yesterday", renewed: "token-of-today" });
    expect((await readAll(hubspot, connection, { fields })).records).toHaveLength(CONTACTS);
    expect(await hubspot.whose(connected())).toBe("Account 20858235");
    await hubspot.test(connected());
  });
});
