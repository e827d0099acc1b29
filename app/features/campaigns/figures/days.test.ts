import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finding } from "~/features/campaigns/figures/day-words";
import { answersByDay, answersOverTime, type Span, total } from "~/features/campaigns/figures/days";
import { type Tally } from "~/features/campaigns/figures/funnel";
import { addDays } from "~/platform/time";

const place = { timeZone: "Europe/London", locale: "en-GB" };

function on(respondedOn: string, response: Tally["response"], count: number): Tally {
  return { leftOut: null, delivery: "spoken", response, respondedOn, count, valueMinor: 0n };
}

const all = (spans: readonly Span[]) => spans.reduce((sum, span) => sum + total(span), 0);

describe("answers over time", () => {
  test("stand by day, without a gap, whoever is pending left out", () => {
    const days = answersByDay([
      ...[on("2026-05-07", "converted", 2), on("2026-05-04", "responded", 3), on("2026-05-04", "not-interested", 1)],
      on("2026-05-09", "pending", 5),
    ]);
    const { step, spans } = answersOverTime(days);
    expect(step).toBe("day");
    expect(spans.map(({ from, ...span }) => [from, total(span as Span)])).toEqual([
      ["2026-05-04", 4],
      ["2026-05-05", 0],
      ["2026-05-06", 0],
      ["2026-05-07", 2],
    ]);
    expect(finding(place, { step, spans })).toBe("Most answers, 4 of 6, came on 4 May 2026.");
  });

  test("are all there in no more steps than a chart has room for, however far apart they are", () => {
    const some = fc.array(fc.record({ after: fc.nat({ max: 400_000 }), count: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, (answers) => {
        const days = answersByDay(
          answers.map(({ after, count }) => on(addDays("1000-01-01", after), "converted", count)),
        );
        const { spans } = answersOverTime(days);
        expect(all(spans)).toBe(answers.reduce((sum, { count }) => sum + count, 0));
        expect(spans.length).toBeLessThanOrEqual(72);
        spans.slice(1).forEach(({ from }, before) => expect(from).toBe(addDays(spans[before]?.until ?? "", 1)));
      }),
    );
  });
});
