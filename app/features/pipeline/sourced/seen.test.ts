import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changedBlocks,
  countSeen,
  hasSeen,
  nothingSeen,
  unseenNumbers,
  withSeen,
} from "~/features/pipeline/sourced/seen";

/** Few and many, close together and far apart, over several blocks. */
const numbers = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 20_000 })),
  fc
    .record({ from: fc.integer({ min: 1, max: 12_000 }), many: fc.integer({ min: 0, max: 9_000 }) })
    .map(({ from, many }) => Array.from({ length: many }, (_, place) => from + place)),
);

describe("what a run has seen", () => {
  test("is what was added, in whatever pages, each counted once", () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 20_000 }), (some, more, any) => {
        const seen = withSeen(withSeen(nothingSeen, some), more);
        const all = new Set([...some, ...more]);
        expect(countSeen(seen)).toBe(all.size);
        expect([...all].every((number) => hasSeen(seen, number))).toBe(true);
        expect(hasSeen(seen, any)).toBe(all.has(any));
      }),
    );
  });

  test("and what it has not are all numbers there are, each once", () => {
    fc.assert(
      fc.property(
        numbers,
        numbers,
        fc.integer({ min: 0, max: 21_000 }),
        fc.integer({ min: 0, max: 21_000 }),
        (some, more, after, last) => {
          const seen = withSeen(withSeen(nothingSeen, some), more);
          const all = new Set([...some, ...more]);
          const expected: number[] = [];
          for (let number = after + 1; number <= last; number += 1) if (!all.has(number)) expected.push(number);
          expect([...unseenNumbers(seen, { after, last })]).toEqual(expected);
        },
      ),
    );
  });

  test("changes in those blocks only in which something was added, and never in place", () => {
    const first = withSeen(nothingSeen, [1, 5_000]);
    const then = withSeen(first, [2]);
    expect(changedBlocks(first, then).map(([block]) => block)).toEqual([0]);
    expect([hasSeen(first, 2), hasSeen(then, 2), hasSeen(then, 5_000)]).toEqual([false, true, true]);
  });
});
