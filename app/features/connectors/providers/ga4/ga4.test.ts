import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ga4StandIn, startGa4 } from "../../../../../sandbox/ga4/ga4";
import { type Tracked } from "../../../../../sandbox/ga4/report";
import { type Json } from "~/features/connectors/connector";
import { ga4 } from "~/features/connectors/providers/ga4/ga4";
import { transactionFields } from "~/features/connectors/providers/ga4/transaction-cells";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";

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
const again = (since: Json | undefined, known?: readonly string[]) =>
  readAll(ga4, analytics(), {
    ...{ fields, how: { kind: "changes", since: since ?? null } },
    known: (behind: string | null) => Promise.resolve(behind === null ? (known ?? []) : []),
  });

describe("reading everything from Google Analytics", () => {
  test("brings each transaction of each day in the currency it was tracked in, and refunds not at all", async () => {
    const { records, pages, changesFrom } = await wholeOf();
    const cells = records.map((record) => isThere(record) && Object.fromEntries(ga4.cellsOf("transactions", record.payload)));
    expect(cells).toEqual([
      { transactionId: "1001", day: "2026-11-18", value: "49.90", currency: "EUR", eventCount: "1" },
      { transactionId: "1002", day: "2026-11-18", value: "12.50", currency: "USD", eventCount: "1" },
      { transactionId: "1003", day: "2026-11-20", value: "40.00", currency: "EUR", eventCount: "2" },
      { transactionId: "1004", day: "2026-11-21", value: "0.30", currency: "EUR", eventCount: "1", rounded: "yes" },
    ]);
    expect(records[1]?.id).toBe("2026-11-18 USD 1002");
    expect(pages.at(-1)).toMatchObject({ after: null, isAll: true });
    expect(changesFrom).toEqual({ through: "2026-11-22", zone: "Europe/Berlin", currency: "EUR" });
    const days = new Map(pages.flatMap(({ days = [] }) => days).map((day) => [day.day, day.isComplete]));
    expect([...days]).toEqual([
      ...[["2026-11-18", true] as const, ["2026-11-19", true] as const, ["2026-11-20", true] as const],
      ...[["2026-11-21", true] as const, ["2026-11-22", false] as const],
    ]);
  });

  test("is the same when it is taken up anew behind each page", async () => {
    const [atOnce, inPieces] = [await wholeOf(), await readInPieces(ga4, analytics(), { fields })];
    expect(inPieces.records).toEqual(atOnce.records);
  });
});

describe("reading the last days again", () => {
  test("brings what came late, and takes away what a trusted day does not bring any more", async () => {
    const { changesFrom, records } = await wholeOf();
    standIn.events = [...standIn.events.filter(({ transactionId }) => transactionId !== "1003"), bought("1005", "2026-11-19", 7)];
    const known = records.map(({ id }) => id);
    const found = await again(changesFrom, known);
    expect(found.records).toContainEqual({ id: "2026-11-20 EUR 1003", gone: "deleted" });
    expect(found.records.map(({ id }) => id)).toContain("2026-11-19 EUR 1005");
    standIn.quality.set("2026-11-20", { isHidden: true });
    expect((await again(changesFrom, known)).records.filter((record) => !isThere(record))).toEqual([]);
  });
});
