import { describe, expect, test } from "vitest";
import {
  channelTotals,
  type Compared,
  comparisonQuery,
  narrowed,
  readComparison,
  sorted,
} from "~/features/campaigns/figures/comparison";

function campaign(name: string, some: Partial<Compared> = {}): Compared {
  return {
    ...{ id: name, name, channel: "email", state: "completed", topic: null, plannedOn: null, currency: "GBP" },
    ...{ costMinor: 0n, valueMinor: 0n, createdAt: "", startedAt: null, completedAt: null, archivedAt: null },
    ...{ listed: 0, leftOut: 0, responded: 0, converted: 0, notInterested: 0, failed: 0, unknown: 0 },
    ...{ reached: 0, reachedResponded: 0, reachedConverted: 0, beganOn: "2026-05-04" },
    ...some,
  };
}

const view = (query: string) => readComparison(new URLSearchParams(query));
const names = (campaigns: readonly Compared[]) => campaigns.map(({ name }) => name);

describe("campaigns beside each other", () => {
  test("a share of few does not come before a surer one of many, and who reached nobody comes last", () => {
    const few = campaign("Few", { reached: 4, reachedResponded: 2 });
    const many = campaign("Many", { reached: 1_000, reachedResponded: 400 });
    const none = campaign("None");
    expect(names(sorted([none, few, many], view("sort=responded")))).toEqual(["Many", "Few", "None"]);
    expect(names(sorted([none, few, many], view("sort=responded&order=ascending")))).toEqual(["Few", "Many", "None"]);
  });

  test("money of two currencies is neither added up nor mixed in one order", () => {
    const costed = { responded: 10, valueMinor: 9_000n };
    const pounds = campaign("Pounds", { ...costed, costMinor: 5_000n });
    const free = campaign("Free", { valueMinor: 700n });
    const euros = campaign("Euros", { ...costed, costMinor: 8_000n, currency: "EUR" });
    expect(names(sorted([pounds, free, euros], view("sort=cost")))).toEqual(["Euros", "Pounds", "Free"]);
    expect(channelTotals([pounds, free, euros]).map(({ money }) => money)).toEqual([
      [
        { currency: "EUR", valueMinor: 9_000n, costMinor: 8_000n, valueOfCostedMinor: 9_000n },
        { currency: "GBP", valueMinor: 9_700n, costMinor: 5_000n, valueOfCostedMinor: 9_000n },
      ],
    ]);
  });

  test("are narrowed by channel, topic and time, and the address says so", () => {
    const all = [
      campaign("Letters in May", { channel: "letter", topic: "Wills" }),
      campaign("Letters in June", { channel: "letter", topic: "Wills", beganOn: "2026-06-01" }),
      campaign("Mails", { topic: "Wills" }),
    ];
    const asked = "?sort=reached&channel=letter&topic=Wills&until=2026-05-31";
    expect(names(narrowed(all, view(asked)))).toEqual(["Letters in May"]);
    expect(comparisonQuery(view(asked))).toBe(asked);
    expect(comparisonQuery(view("sort=nonsense&from=yesterday"))).toBe("");
  });
});
