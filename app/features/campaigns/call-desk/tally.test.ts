import fc from "fast-check";
import { expect, test } from "vitest";
import { outcomes } from "~/features/campaigns/call-desk/call";
import { type CallCount, tallies } from "~/features/campaigns/call-desk/tally";

const counts = fc.array(
  fc.record<CallCount>({
    callerId: fc.constantFrom("ann", "ruairi", null),
    callerName: fc.constant(null),
    hour: fc.integer({ min: 0, max: 23 }),
    outcome: fc.constantFrom(...outcomes),
    count: fc.integer({ min: 1, max: 500 }),
  }),
);

test("hours and callers each add up to all calls, and nobody answered who was not spoken to", () => {
  fc.assert(
    fc.property(counts, (some) => {
      const { byHour, byCaller, total } = tallies(some);
      expect(total.calls).toBe(some.reduce((sum, { count }) => sum + count, 0));
      for (const rows of [byHour, byCaller]) {
        for (const key of ["calls", "spoken", "responded", "converted", "notInterested"] as const)
          expect(rows.reduce((sum, row) => sum + row[key], 0)).toBe(total[key]);
      }
      for (const { responded, converted, notInterested, spoken, calls } of [...byHour, ...byCaller]) {
        expect(converted).toBeLessThanOrEqual(responded);
        expect(responded + notInterested).toBeLessThanOrEqual(spoken);
        expect(spoken).toBeLessThanOrEqual(calls);
      }
    }),
  );
});
