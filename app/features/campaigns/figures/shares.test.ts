import fc from "fast-check";
import { expect, test } from "vitest";
import { interval, shareText, shareWithInterval } from "~/features/campaigns/figures/shares";

test("few are counted, many are a share, none is nothing", () => {
  expect(shareText(3, 12, "en-GB")).toBe("3 of 12");
  expect(shareText(96, 398, "en-GB")).toBe("24%");
  expect(shareText(0, 0, "en-GB")).toBe("");
  expect(shareWithInterval(31, 398, "en-GB")).toBe("8% (6–11%)");
});

test("the interval is Wilson's", () => {
  // The example of R's binom::binom.confint(31, 398, methods = "wilson").
  const { low, high } = interval(31, 398);
  expect(low).toBeCloseTo(0.0554, 3);
  expect(high).toBeCloseTo(0.1084, 3);
});

test("the interval holds the share, and lies between nothing and all", () => {
  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
  fc.assert(
    fc.property(counts, ([count, of]) => {
      const { low, high } = interval(count, of);
      return low >= 0 && high <= 1 && low <= count / of + 1e-12 && high >= count / of - 1e-12;
    }),
  );
});
