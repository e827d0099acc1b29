import { expect, test } from "vitest";
import { costPer, returnOnCost, returnText } from "~/features/campaigns/figures/cost";
import { costLines } from "~/features/campaigns/figures/cost-lines";

test("cost is shared to the nearest minor unit, exactly at any size", () => {
  expect(costPer(31_000n, 3)).toBe(10_333n);
  expect(costPer(20_000n, 3)).toBe(6_667n);
  expect(costPer(5n, 2)).toBe(3n);
  expect(costPer(9_007_199_254_740_993n * 10n, 10)).toBe(9_007_199_254_740_993n);
  expect(costPer(31_000n, 0)).toBeNull();
  expect(costPer(0n, 7)).toBeNull();
});

test("what came back is told against what was spent", () => {
  expect(returnText(returnOnCost({ costMinor: 31_000n, valueMinor: 145_000n }) ?? 0n, "en-GB")).toBe("4.68");
  expect(returnText(7n, "de-DE")).toBe("0,07");
  expect(returnOnCost({ costMinor: 0n, valueMinor: 145_000n })).toBeNull();
});

test("where no cost was given, nothing is made up", () => {
  const nothing = { costMinor: 0n, valueMinor: 0n, currency: "GBP", reached: 12, responded: 3, converted: 0 };
  const values = costLines(nothing, "en-GB").map(({ value }) => value);
  expect(values.filter((value) => value === "Not counted: no cost given")).toHaveLength(5);
  expect(costLines({ ...nothing, costMinor: 1_200n }, "en-GB").map(({ value }) => value)).toEqual([
    ...["£12.00", "£1.00", "£4.00", "Nobody converted", "£0.00", "0.00 times the cost"],
  ]);
});
