import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ga4StandIn, startGa4 } from "../../../../../sandbox/ga4/ga4";
import { type Tracked } from "../../../../../sandbox/ga4/report";
import { makeAccount } from "../../../../../sandbox/ga4/service-account";
import { CursorExpired, GrantEnded, type Json, Throttled, Trouble } from "~/features/connectors/connector";
import { judgeSettings } from "~/features/connectors/settings-form";
import { ga4, ga4WithGoogle } from "~/features/connectors/providers/ga4/ga4";
import { transactionFields } from "~/features/connectors/providers/ga4/transaction-cells";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = transactionFields.map(({ id }) => id);
const bought = (transactionId: string, day: string, value: number, currency = "EUR"): Tracked => ({
  ...{ transactionId, day, value, currency, event: "purchase" },
});

let standIn: Ga4StandIn;
beforeEach(async () => {
  standIn = await startGa4({
    events: [
      bought("1001", "2026-11-18", 49.9),
      bought("1002", "2026-11-18", 12.5, "USD"),
      bought("1003", "2026-11-20", 20),
      bought("1003", "2026-11-20", 20),
      bought("1004", "2026-11-21", 0.1 + 0.2),
      { ...bought("1001", "2026-11-21", 49.9), event: "refund" },
    ],
    isValid: (token) => token === "token-of-today",
  });
  standIn.stoppedAt = "2026-11-22T09:00:00Z";
});
afterEach(() => standIn.close());

const analytics = (more: Partial<Parameters<typeof connectTo>[0]> = {}) => ({
  ...connectTo({
    bases: { data: standIn.url, token: standIn.url },
    settings: { property: "213025502" },
    secrets: { serviceAccount: standIn.account.file },
    ...more,
  }),
  now: () => standIn.stoppedAt!,
});
const wholeOf = () => readAll(ga4, analytics(), { fields });
const again = (since: Json | undefined, known: readonly string[] = []) =>
  readAll(ga4, analytics(), {
    ...{ fields, how: { kind: "changes", since: since ?? null } },
    // In two parts, as the engine gives them.
    known: (behind) => Promise.resolve(behind === null ? known.slice(0, 2) : known.slice(known.indexOf(behind) + 1)),
  });
const daysAsked = () =>
  standIn.asked
    .filter(({ path }) => path.endsWith(":runReport"))
    .map(({ body }) => (JSON.parse(body) as { dateRanges: [{ startDate: string }] }).dateRanges[0].startDate);
const incompleteIn = (changesFrom: Json | undefined) => ga4.daysRead!("transactions", changesFrom ?? null)?.incomplete;

describe("reading everything from Google Analytics", () => {
  test("brings each transaction of each day in the currency it was tracked in, and refunds not at all", async () => {
    const { records } = await wholeOf();
    const cells = records.map(
      (record) => isThere(record) && Object.fromEntries(ga4.cellsOf("transactions", record.payload)),
    );
    expect(cells).toEqual([
      { transactionId: "1001", day: "2026-11-18", value: "49.90", currency: "EUR", eventCount: "1" },
      { transactionId: "1002", day: "2026-11-18", value: "12.50", currency: "USD", eventCount: "1" },
      { transactionId: "1003", day: "2026-11-20", value: "40.00", currency: "EUR", eventCount: "2" },
      { transactionId: "1004", day: "2026-11-21", value: "0.30", currency: "EUR", eventCount: "1", rounded: "yes" },
    ]);
    expect(records.map(({ id }) => id)).toEqual([
      ...["2026-11-18 EUR 1001", "2026-11-18 USD 1002", "2026-11-20 EUR 1003", "2026-11-21 EUR 1004"],
    ]);
  });

  test("asks day by day, from the first purchase to today, and says that this is all there is", async () => {
    const { pages } = await wholeOf();
    expect([...new Set(daysAsked().slice(1))]).toEqual([
      ...["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"],
    ]);
    expect(pages.at(-1)).toMatchObject({ after: null, isAll: true });
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(ga4, analytics(), { fields })];
    expect(inPieces.records).toEqual(atOnce.records);
    expect(incompleteIn(inPieces.changesFrom)).toEqual(incompleteIn(atOnce.changesFrom));
  });

  test("brings more transactions of a day than fit on a page, each once", async () => {
    standIn.events = Array.from({ length: 23_000 }, (_, number) => bought(String(number), "2026-11-21", 1));
    const { records, pages, changesFrom } = await wholeOf();
    expect(new Set(records.map(({ id }) => id)).size).toBe(23_000);
    expect(Math.max(...pages.map((page) => page.records.length))).toBe(10_000);
    expect(Object.keys(incompleteIn(changesFrom) ?? {})).toEqual(["2026-11-22"]);
  });

  test("from a day on asks for no day before", async () => {
    await readAll(ga4, analytics(), { fields, how: { kind: "whole", start: "2026-11-20" } });
    expect(daysAsked().slice(1)).toEqual(["2026-11-20", "2026-11-21", "2026-11-22"]);
  });

  test("a property where nobody has bought anything has today, and no rows", async () => {
    standIn.events = [];
    const { records, changesFrom } = await wholeOf();
    expect(records).toEqual([]);
    expect(ga4.daysRead!("transactions", changesFrom!)).toMatchObject({ from: "2026-11-22", through: "2026-11-22" });
  });

  test("keeps an event without an id under the name that Google has for it, once a day", async () => {
    standIn.events.push(bought("", "2026-11-21", 5), bought("", "2026-11-21", 6));
    const record = (await wholeOf()).records.find(({ id }) => id === "2026-11-21 EUR (not set)")!;
    expect(isThere(record) && ga4.cellsOf("transactions", record.payload).get("transactionId")).toBe("(not set)");
    expect(isThere(record) && ga4.cellsOf("transactions", record.payload).get("value")).toBe("11.00");
    expect(ga4.cellsOf("transactions", { transactionId: "" }).get("transactionId")).toBe("(not set)");
  });

  test("the day is the property's, also where it is tomorrow already", async () => {
    standIn.property.zone = "Pacific/Auckland";
    standIn.stoppedAt = "2026-11-22T12:30:00Z";
    expect(ga4.daysRead!("transactions", (await wholeOf()).changesFrom!)).toMatchObject({
      ...{ timeZone: "Pacific/Auckland", through: "2026-11-23" },
    });
  });
});

describe("whether a day is all there was", () => {
  test("is said of each day that Google lumped, held back or sampled, and of the one that is not over", async () => {
    standIn.quality.set("2026-11-18", { isLumped: true });
    standIn.quality.set("2026-11-19", { isHidden: true });
    standIn.quality.set("2026-11-20", { isSampled: true });
    const { pages, changesFrom } = await wholeOf();
    expect(incompleteIn(changesFrom)).toEqual({
      "2026-11-18": [expect.stringMatching(/together under “\(other\)”/)],
      "2026-11-19": [expect.stringMatching(/held back/)],
      "2026-11-20": [expect.stringMatching(/only a sample/)],
      "2026-11-22": [expect.stringMatching(/not over/)],
    });
    expect(pages.at(-1)?.isAll).toBeUndefined();
  });

  test("is not said of the first one where Google held back when that was", async () => {
    standIn.quality.set("2015-08-14", { isHidden: true });
    const { pages, changesFrom } = await wholeOf();
    expect(Object.keys(incompleteIn(changesFrom) ?? {})).toEqual(["2026-11-18", "2026-11-22"]);
    expect(pages.at(-1)?.isAll).toBeUndefined();
  });

  test("a row called “(other)” says so itself", async () => {
    standIn.events.push(bought("(other)", "2026-11-21", 900));
    expect(Object.keys(incompleteIn((await wholeOf()).changesFrom) ?? {})).toEqual(["2026-11-21", "2026-11-22"]);
  });

  test("is forgotten when the day is read again and is whole then; days before keep what was said", async () => {
    for (const day of ["2026-11-10", "2026-11-20"]) standIn.quality.set(day, { isHidden: true });
    standIn.events.push(bought("900", "2026-11-10", 3));
    const { changesFrom } = await wholeOf();
    standIn.quality.clear();
    standIn.stoppedAt = "2026-11-23T09:00:00Z";
    const next = await again(changesFrom);
    expect(Object.keys(incompleteIn(next.changesFrom) ?? {})).toEqual(["2026-11-10", "2026-11-23"]);
    expect(ga4.daysRead!("transactions", next.changesFrom!)).toMatchObject({
      ...{ from: "2026-11-10", through: "2026-11-23", timeZone: "Europe/Berlin", facts: { currency: "EUR" } },
    });
  });

  test("what may still be asked is kept as Google said it last", async () => {
    standIn.quota.left = 1_000;
    const { facts } = ga4.daysRead!("transactions", (await wholeOf()).changesFrom!)!;
    expect(facts).toMatchObject({ quota: { tokensPerDay: { consumed: 2 }, tokensPerProjectPerHour: { consumed: 2 } } });
  });

  test("nothing is said of what is no cursor", () => {
    expect(ga4.daysRead!("transactions", null)).toBeNull();
    expect(ga4.daysRead!("transactions", { since: "2026-11-18" })).toBeNull();
  });
});

describe("reading the last days again", () => {
  test("brings what came late, from four days before", async () => {
    const { changesFrom } = await wholeOf();
    standIn.events.push(bought("1005", "2026-11-19", 7), bought("1006", "2026-11-17", 7));
    const { records } = await again(changesFrom);
    expect(records.map(({ id }) => id)).toContain("2026-11-19 EUR 1005");
    expect(records.map(({ id }) => id)).not.toContain("2026-11-17 EUR 1006");
  });

  test("takes away what a day does not bring any more, and nothing from a day that holds something back", async () => {
    const { changesFrom, records } = await wholeOf();
    standIn.events = standIn.events.filter(({ transactionId }) => !["1003", "1004"].includes(transactionId));
    const known = ["2026-01-01 EUR 17", ...records.map(({ id }) => id)];
    standIn.quality.set("2026-11-21", { isHidden: true });
    const gone = (await again(changesFrom, known)).records.filter((record) => !isThere(record));
    expect(gone).toEqual([{ id: "2026-11-20 EUR 1003", gone: "deleted" }]);
  });

  test("takes away the same when it was stopped in between", async () => {
    const { changesFrom, records } = await wholeOf();
    standIn.events = standIn.events.filter(({ transactionId }) => transactionId !== "1003");
    const known = records.map(({ id }) => id);
    const inPieces = await readInPieces(ga4, analytics(), {
      ...{ fields, how: { kind: "changes", since: changesFrom ?? null } },
      known: (behind) => Promise.resolve(behind === null ? known : []),
    });
    expect(inPieces.records.filter((record) => !isThere(record))).toEqual([
      { id: "2026-11-20 EUR 1003", gone: "deleted" },
    ]);
  });

  test("a property that was set to another zone or currency is read anew", async () => {
    const { changesFrom } = await wholeOf();
    standIn.property.zone = "America/New_York";
    await expect(again(changesFrom)).rejects.toThrow(CursorExpired);
    standIn.property = { ...standIn.property, zone: "Europe/Berlin", currency: "USD" };
    await expect(again(changesFrom)).rejects.toThrow(CursorExpired);
    await expect(again({ through: "2026-11-20" })).rejects.toThrow(CursorExpired);
  });
});

describe("the quota", () => {
  test.each([
    ["hour", 30 * 60_000, /in an hour is used up/],
    ["day", 60 * 60_000, /in a day is used up/],
    ["concurrent", 30_000, /left in peace/],
  ] as const)("of the %s, used up in the middle, leaves the other days unread", async (kind, waitMs, words) => {
    standIn.quota = { left: 3, kind };
    const pages: { after: Json | null }[] = [];
    const how = { kind: "whole", start: null } as const;
    const reading = async (after: Json | null) => {
      const asked = { streamId: "transactions", fields, how, after };
      for await (const page of ga4.read(analytics(), asked)) pages.push(page);
    };
    const error: unknown = await reading(null).then(
      () => null,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(Throttled);
    expect(error).toMatchObject({ waitMs, message: expect.stringMatching(words) });
    expect(pages.every(({ after }) => after !== null)).toBe(true);
    standIn.quota.left = Infinity;
    await reading(pages.at(-1)!.after);
    expect(pages.at(-1)).toMatchObject({ after: null, isAll: true });
  });
});

describe("saying who asks", () => {
  test("a service account's key signs for one token, which serves until it runs out", async () => {
    await wholeOf();
    expect(standIn.asked.filter(({ path }) => path === "/token")).toHaveLength(1);
    expect(standIn.account.tokens.size).toBe(1);
  });

  test("goes only to Google, whatever the file says", async () => {
    const own = JSON.parse(standIn.account.file) as object;
    const file = JSON.stringify({ ...own, token_uri: "https://evil.example/token" });
    await ga4.test(analytics({ secrets: { serviceAccount: file } }));
    expect(standIn.asked.map(({ path }) => path)).toEqual(["/token", "/v1beta/properties/213025502:runReport"]);
  });

  test("a key that was deleted, and another's, ask for a new one; a wrong clock does not", async () => {
    const stranger = { serviceAccount: makeAccount(standIn.account.email).file };
    await expect(ga4.test(analytics({ secrets: stranger }))).rejects.toThrow(
      /key of the service account.*Invalid JWT Signature/,
    );
    await expect(ga4.test(analytics({ secrets: stranger }))).rejects.toBeInstanceOf(GrantEnded);
    standIn.account.isDeleted = true;
    await expect(ga4.test(analytics())).rejects.toBeInstanceOf(GrantEnded);
    standIn.account.isDeleted = false;
    const late = { ...analytics(), now: () => "2026-11-22T13:00:00Z" };
    await expect(ga4.test(late)).rejects.toThrow(/this machine’s clock/);
    await expect(ga4.test(late)).rejects.not.toBeInstanceOf(GrantEnded);
  });

  test("with the agreement of somebody it is the connection's own token", async () => {
    const connection = { ...connectTo({ bases: { data: standIn.url }, settings: { property: "213025502" } }) };
    connection.now = () => standIn.stoppedAt!;
    expect((await readAll(ga4WithGoogle, connection, { fields })).records).toHaveLength(4);
    expect(await ga4WithGoogle.whose(connection)).toBe("Property 213025502");
    expect(await ga4.whose(analytics())).toBe(`Property 213025502 (${standIn.account.email})`);
  });

  test("tells the zone and the currency of the property", async () => {
    const facts = { timeZone: "Europe/Berlin", currency: "EUR", daysShown: null };
    expect(await ga4.facts!(analytics())).toEqual(facts);
  });

  test.each([
    ["213025502", "213025502"],
    ["properties/213025502", "213025502"],
  ])("the property ID %s is understood as %s", (typed, property) => {
    const given = { property: typed, serviceAccount: standIn.account.file };
    expect(judgeSettings(ga4, given)).toMatchObject({ ok: true, settings: { property } });
    expect(judgeSettings(ga4WithGoogle, { property: typed })).toMatchObject({ ok: true, settings: { property } });
  });

  test("a measurement ID, and a file that is none, are told at their fields", () => {
    const { private_key: _key, ...rest } = JSON.parse(standIn.account.file) as Record<string, string>;
    expect(judgeSettings(ga4, { property: "G-1A2B3C4D5E", serviceAccount: JSON.stringify(rest) })).toEqual({
      ok: false,
      errors: {
        property: [expect.stringMatching(/begins with G-/)],
        serviceAccount: [expect.stringMatching(/not the JSON file/)],
      },
    });
    expect(judgeSettings(ga4, { property: "213025502", serviceAccount: "AIzaSy" })).toMatchObject({ ok: false });
  });
});

describe("trouble with Google Analytics", () => {
  testWrongAnswers({
    provider: ga4,
    streamId: "transactions",
    fields,
    connect: analytics,
    trouble: () => standIn.trouble,
    when: () => ({ after: 3, path: /:runReport$/ }),
    own: [
      ["throttled", Throttled, /is used up/],
      ["forbidden", Trouble, /does not let this account read the property.*sufficient permissions/],
      ["revoked", GrantEnded, /connect it again/],
    ],
  });

  test("a page that comes twice is not taken for the one behind it", async () => {
    standIn.events = Array.from({ length: 23_000 }, (_, number) => bought(String(number), "2026-11-21", 1));
    standIn.trouble.on("repeated-page", { after: 2 });
    await expect(wholeOf()).rejects.toThrow(/same page of a day twice/);
  });

  test.each([
    ["Request had insufficient authentication scopes.", GrantEnded, /leave its box ticked/],
    ["Google Analytics Data API has not been used in project 4711 before.", Trouble, /not switched on.*project 4711/],
  ] as const)("“%s” is told as what it is", async (message, type, words) => {
    const error = { code: 403, status: "PERMISSION_DENIED", message };
    const connection = connectTo({ bases: { data: standIn.url }, settings: { property: "213025502" } });
    connection.fetch = () => Promise.resolve(Response.json({ error }, { status: 403 }));
    await expect(ga4WithGoogle.test(connection)).rejects.toThrow(words);
    await expect(ga4WithGoogle.test(connection)).rejects.toBeInstanceOf(type);
  });

  test("another property than one's own, and a role without revenue, are told as that", async () => {
    await expect(ga4.test(analytics({ settings: { property: "999999" } }))).rejects.toThrow(
      /whether the property ID is right/,
    );
    standIn.hidesRevenue = true;
    await expect(ga4.test(analytics())).rejects.toThrow(/may not see revenue/);
  });
});
