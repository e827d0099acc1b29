import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SalesforceStandIn, startSalesforce } from "../../../../../sandbox/salesforce/salesforce";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { CursorExpired, GrantEnded, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["FirstName", "LastName", "Email", "Account.Name", "AccountId"];
const CONTACTS = 2_300;
const PAGE = 2_000;

let standIn: SalesforceStandIn;
beforeEach(async () => {
  standIn = await startSalesforce({
    ...{ contacts: CONTACTS, leads: 40, accounts: 30 },
    isValid: (token) => token === "token-of-today",
  });
});
afterEach(() => standIn.close());

const connected = (more: Partial<Parameters<typeof connectTo>[0]> = {}) =>
  connectTo({ bases: {}, extras: { instance_url: standIn.url }, ...more });
type Whole = Awaited<ReturnType<typeof readAll>>;
type Asked = Parameters<typeof readAll>[2];
const wholeOf = (more: Partial<Asked> = {}) => readAll(salesforce, connected(), { fields, ...more });
const since = (changesFrom: Whole["changesFrom"]) => ({ kind: "changes", since: changesFrom ?? null }) as const;
const changesSince = (changesFrom: Whole["changesFrom"], more: Partial<Asked> = {}) =>
  readAll(salesforce, connected(), { fields, how: since(changesFrom), ...more });
const idsOf = (found: Whole) => found.records.map(({ id }) => id);
const queries = () => standIn.asked.flatMap(({ query }) => query.get("q") ?? []);
const rangeOf = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, place) => first + place);

/** Long after what was there at first changed, so that it is not read again. */
const later = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes)).toISOString();

describe("reading everything from Salesforce", () => {
  test("brings each contact once, counted, with the account that they belong to", async () => {
    const { pages, records } = await wholeOf();
    expect(pages[0]?.count).toBe(CONTACTS);
    expect(pages.map((page) => page.records.length)).toEqual([PAGE, 300, 0]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
    const links = records.flatMap((record) =>
      isThere(record) ? [salesforce.linksOf?.("contacts", record.payload)] : [],
    );
    expect(links[0]).toEqual([{ type: "works-for", streamId: "accounts", id: standIn.accountId(2) }]);
    expect(links[3]).toEqual([]);
    expect(records[0]).toMatchObject({
      payload: { "Account.Name": standIn.accounts.get(2)?.item.name },
      changedAt: "2025-03-03T08:00:01.000Z",
    });
  });

  test("keeps what was chosen only, without what Salesforce says of its records", async () => {
    const { records } = await wholeOf({ fields: ["LastName", "text_field__c"] });
    const payloads = records.flatMap((record) => (isThere(record) ? [record.payload] : []));
    expect([...new Set(payloads.flatMap(Object.keys))].sort()).toEqual(["LastName", "text_field__c"]);
    expect(payloads.some((payload) => payload.text_field__c === undefined)).toBe(true);
  });

  test("is the same when it is taken up anew behind each page", async () => {
    expect((await readInPieces(salesforce, connected(), { fields })).records).toEqual((await wholeOf()).records);
  });

  test("with more fields than an address can name says the same, and asks for them in a second request", async () => {
    const all = (await salesforce.discover(connected(), "contacts")).map(({ id }) => id);
    const { records } = await wholeOf({ fields: all });
    const alone = await wholeOf({ fields: ["Account.Name", "LastName"] });
    const some = records.map((record) =>
      isThere(record)
        ? { ...record, payload: { "Account.Name": record.payload["Account.Name"], LastName: record.payload.LastName } }
        : record,
    );
    expect(JSON.parse(JSON.stringify(some))).toEqual(alone.records);
    expect(standIn.asked.some(({ path }) => path.endsWith("/composite/sobjects/Contact"))).toBe(true);
    expect(Math.max(...queries().map((soql) => soql.length))).toBeLessThan(8_000);
  });

  test("reads accounts and leads as streams of their own; a lead that was converted goes on as its contact", async () => {
    standIn.convert(7, 12);
    const accounts = await wholeOf({ streamId: "accounts", fields: ["Name", "BillingCity"] });
    expect(accounts.records).toHaveLength(30);
    const leads = await wholeOf({ streamId: "leads", fields: ["LastName", "Company"] });
    expect(leads.pages[0]?.count).toBe(39);
    expect(leads.records.filter(isThere)).toHaveLength(39);
    expect(leads.records.filter((record) => !isThere(record))).toEqual([
      { id: standIn.leadId(7), gone: "merged", into: standIn.contactId(12), intoStream: "contacts" },
    ]);
  });

  test("from a day on leaves out what has not changed since", async () => {
    standIn.contacts.stoppedAt = later(0);
    standIn.contacts.changeMany([7, 9, 12], () => ({ jobTitle: "Notarin" }));
    const { records } = await wholeOf({ how: { kind: "whole", start: "2026-11-22" } });
    expect(records.map(({ id }) => id)).toEqual([7, 9, 12].map(standIn.contactId));
  });

  test("an organisation with nobody in it has an empty page", async () => {
    const empty = await startSalesforce({ contacts: 0, leads: 0, accounts: 0 });
    try {
      const connection = connectTo({ bases: {}, extras: { instance_url: empty.url } });
      const { pages } = await readAll(salesforce, connection, { fields });
      expect(pages[0]).toMatchObject({ records: [], count: 0 });
      expect(pages.at(-1)).toMatchObject({ records: [], after: null });
    } finally {
      await empty.close();
    }
  });
});

describe("reading what has changed at Salesforce", () => {
  /** Read once, a quarter of an hour before anything happens. */
  async function readBefore(more: Partial<Asked> = {}): Promise<Whole> {
    standIn.setTime(later(0));
    const before = await wholeOf(more);
    standIn.setTime(later(20));
    return before;
  }

  test("brings nothing where nothing has happened, and who was added, changed and deleted", async () => {
    const { changesFrom } = await readBefore();
    expect((await changesSince(changesFrom)).records).toEqual([]);
    const added = standIn.contacts.add({ ...samplePerson(5), given: "Jürgen", family: "Größl", account: 4, more: {} });
    standIn.contacts.change(3, { given: "Folasade", family: "Adebayo-Carver" });
    standIn.contacts.remove(8);
    standIn.setTime(later(40));
    const first = await changesSince(changesFrom);
    expect(first.records).toHaveLength(3);
    expect(first.records).toContainEqual({ id: standIn.contactId(8), gone: "deleted" });
    expect(first.records.find(({ id }) => id === standIn.contactId(added))).toMatchObject({
      payload: { FirstName: "Jürgen", LastName: "Größl", AccountId: standIn.accountId(4) },
    });
    standIn.setTime(later(60));
    expect((await changesSince(first.changesFrom)).records).toEqual([]);
  });

  test("says the same of an unchanged contact as reading everything does", async () => {
    const before = await readBefore();
    standIn.contacts.changeMany([1, 2, 4, 51], () => ({}));
    const { records } = await changesSince(before.changesFrom);
    const payloads = (found: Whole["records"]) =>
      found.flatMap((record) => (isThere(record) ? [[record.id, JSON.stringify(record.payload)] as const] : []));
    const whole = new Map(payloads(before.records));
    expect(payloads(records)).toHaveLength(4);
    for (const [id, payload] of payloads(records)) expect(payload).toBe(whole.get(id));
  });

  test("reads more changes of one second than fit on a page, each once, also in pieces", async () => {
    const { changesFrom } = await readBefore();
    standIn.contacts.changeMany(rangeOf(1, 2_100), () => ({ jobTitle: "Notarin" }));
    standIn.setTime(later(21));
    standIn.contacts.changeMany(rangeOf(2_101, 2_150), () => ({ jobTitle: "Notarin" }));
    standIn.setTime(later(40));
    const found = await changesSince(changesFrom);
    expect(found.records).toHaveLength(2_150);
    expect(new Set(idsOf(found)).size).toBe(2_150);
    const inPieces = await readInPieces(salesforce, connected(), { fields, how: since(changesFrom) });
    expect(inPieces.records).toEqual(found.records);
  });

  test("follows who was merged into whom, also in a reading of everything", async () => {
    const { changesFrom } = await readBefore();
    standIn.contacts.merge({ keep: 20, absorb: 21 });
    standIn.setTime(later(40));
    const gone = { id: standIn.contactId(21), gone: "merged", into: standIn.contactId(20) };
    expect((await changesSince(changesFrom)).records).toContainEqual(gone);
    expect((await wholeOf()).records).toContainEqual(gone);
  });

  test("follows leads that are converted", async () => {
    const asked = { streamId: "leads", fields: ["LastName", "Company"] };
    const { changesFrom } = await readBefore(asked);
    standIn.convert(3, 30);
    standIn.setTime(later(40));
    expect((await changesSince(changesFrom, asked)).records).toEqual([
      { id: standIn.leadId(3), gone: "merged", into: standIn.contactId(30), intoStream: "contacts" },
    ]);
  });

  test("goes by Salesforce’s clock, however wrong ours or theirs is", async () => {
    standIn.contacts.skewMs = -3 * 60 * 60 * 1000;
    const { changesFrom } = await wholeOf();
    standIn.contacts.change(5, { family: "Weiß" });
    const { records } = await changesSince(changesFrom);
    expect(records).toMatchObject([{ id: standIn.contactId(5), payload: { LastName: "Weiß" } }]);
  });

  test("asks about shorter times where Salesforce takes too long, and finds the same", async () => {
    const { changesFrom } = await readBefore();
    standIn.contacts.changeMany(rangeOf(1, 30), () => ({ jobTitle: "Notarin" }));
    standIn.setTime(later(60));
    standIn.patienceMs = 20 * 60 * 1000;
    const { records } = await changesSince(changesFrom);
    expect(records.map(({ id }) => id)).toEqual(rangeOf(1, 30).map(standIn.contactId));
    standIn.patienceMs = 1_000;
    await expect(changesSince(changesFrom)).rejects.toThrow(OutOfOrder);
  });

  test("wants everything to be read with other fields, and after so long that deletions are forgotten", async () => {
    const { changesFrom } = await readBefore();
    await expect(changesSince(changesFrom, { fields: ["Email"] })).rejects.toThrow(CursorExpired);
    standIn.trouble.on("expired-cursor", { path: /deleted$/, times: 1 });
    await expect(changesSince(changesFrom)).rejects.toThrow(CursorExpired);
    const old = { ...(changesFrom as object), from: 0, deletedFrom: Date.UTC(2020, 1, 1) } as typeof changesFrom;
    await expect(changesSince(old)).rejects.toThrow(CursorExpired);
  });
});

describe("trouble with Salesforce", () => {
  testWrongAnswers({
    provider: salesforce,
    streamId: "contacts",
    fields,
    connect: connected,
    trouble: () => standIn.trouble,
    when: (kind) => ({ after: kind === "repeated-page" ? 1 : 2, path: /query$/ }),
    own: [
      ["throttled", Throttled, /no more requests today/],
      ["forbidden", Trouble, /API Enabled/],
      ["wrong-token", GrantEnded, /connect it again/],
      ["revoked", GrantEnded, /connect it again/],
      ["repeated-page", Trouble, /again and again/],
    ],
    afterwards: () => salesforce.test(connected()),
  });

  test("is left to the engine to try again: nothing is asked twice by the library", async () => {
    standIn.trouble.on("failed");
    await expect(salesforce.test(connected())).rejects.toThrow(OutOfOrder);
    expect(standIn.asked).toHaveLength(1);
  });

  test("says how long to wait: an hour when the day’s requests are used up, moments when many ask at once", async () => {
    standIn.trouble.on("throttled");
    await expect(salesforce.test(connected())).rejects.toMatchObject({ name: "Throttled", waitMs: 3_600_000 });
    standIn.isCrowded = true;
    await expect(salesforce.test(connected())).rejects.toMatchObject({ name: "Throttled", waitMs: 30_000 });
  });

  test("a field that is hidden now leads to choosing the fields again", async () => {
    standIn.hidden.add("Contact.Email");
    await expect(wholeOf()).rejects.toThrow(/Choose the fields again.*No such column 'Email'/);
    expect((await salesforce.discover(connected(), "contacts")).map(({ id }) => id)).not.toContain("Email");
  });

  test("a page that holds its records twice is read twice", async () => {
    standIn.trouble.on("duplicate-page", { times: 1, after: 1 });
    const found = await wholeOf();
    expect(found.records).toHaveLength(CONTACTS + PAGE);
    expect(new Set(idsOf(found)).size).toBe(CONTACTS);
  });

  test("a token that has run out is renewed in between, and the organisation says its name", async () => {
    const connection = connected({ token: "token-of-yesterday", renewed: "token-of-today" });
    expect((await readAll(salesforce, connection, { fields })).records).toHaveLength(CONTACTS);
    expect(await salesforce.whose(connected())).toBe("Hale & Partners");
    await salesforce.test(connected());
  });

  test.each(["This session is not valid for use with the REST API", "Connected app is not attached to Agent"])(
    "“%s” is no matter of the token",
    async (words) => {
      standIn.notAttached = words;
      const { access } = salesforce;
      const isOfTheToken = access.kind === "oauth" ? access.isOfTheToken : undefined;
      expect(isOfTheToken?.(JSON.stringify([{ errorCode: "INVALID_SESSION_ID", message: words }]))).toBe(false);
      expect(isOfTheToken?.('[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]')).toBe(true);
      standIn.trouble.on("wrong-token", { times: 1 });
      const error = await salesforce.test(connected()).catch((error: unknown) => error);
      expect(error).not.toBeInstanceOf(GrantEnded);
      expect((error as Error).message).toContain(words);
    },
  );

  test("without the address of the firm’s data nothing is asked", async () => {
    await expect(salesforce.test(connected({ extras: {} }))).rejects.toThrow(GrantEnded);
    expect(standIn.asked).toEqual([]);
  });
});

describe("where people sign in to Salesforce", () => {
  const check = (login: string) => salesforce.settings?.schema.safeParse({ login });
  const tokenAt = (login: string) =>
    salesforce.access.kind === "oauth" ? salesforce.access.endpoints({ login }).token : null;

  test.each([
    ["https://login.salesforce.com", "https://login.salesforce.com"],
    ["https://test.salesforce.com/", "https://test.salesforce.com"],
    [" hale-partners.my.salesforce.com ", "https://hale-partners.my.salesforce.com"],
    ["https://hale--uat.sandbox.my.salesforce.com/home", "https://hale--uat.sandbox.my.salesforce.com"],
    ["", "https://login.salesforce.com"],
  ])("“%s” is taken as %s", (typed, origin) => {
    expect(check(typed)).toMatchObject({ success: true, data: { login: origin } });
    expect(tokenAt(check(typed)?.data?.login ?? "")).toBe(`${origin}/services/oauth2/token`);
  });

  test.each([
    ["http://login.salesforce.com", /no address to sign in/],
    ["https://salesforce.com.evil.example", /no address to sign in/],
    ["https://evilsalesforce.com", /no address to sign in/],
    ["https://login.salesforce.com:8443", /no address to sign in/],
    ["https://me:secret@login.salesforce.com", /no address to sign in/],
    ["https://hale-partners.lightning.force.com", /where nobody signs in/],
    ["not an address", /no address to sign in/],
  ])("“%s” is refused, and nobody is led there", (typed, words) => {
    expect(check(typed)?.error?.issues[0]?.message).toMatch(words);
    expect(tokenAt(typed)).toBe("https://login.salesforce.com/services/oauth2/token");
  });
});
