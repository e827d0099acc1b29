import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextAttempt, perAddress, perCode, perPerson, type ThrottleState } from "~/features/sign-in/throttle";
import { networkOf } from "~/features/sign-in/throttles.server";
import { DAY_MS, later } from "~/platform/time";

const start = "2026-05-04T09:00:00.000Z";

describe("throttling", () => {
  test("nobody ever waits longer than the rule's longest wait, whatever was tried before", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(perPerson, perAddress, perCode),
        fc.array(fc.nat({ max: 3_600_000 }), { maxLength: 200 }),
        (rule, pauses) => {
          let state: ThrottleState | null = null;
          let now = start;
          for (const pause of pauses) {
            const step = nextAttempt(state, rule, now);
            if (step.ok) state = step.state;
            else if (step.waitMs > rule.longestWaitMs) return false;
            now = later(now, pause);
          }
          return nextAttempt(state, rule, later(now, rule.longestWaitMs)).ok;
        },
      ),
    );
  });

  test("somebody who never stops gets at most a hundred guesses at a person's password in a day", () => {
    let state: ThrottleState | null = null;
    let now = start;
    let guesses = 0;
    while (now < later(start, DAY_MS)) {
      const step = nextAttempt(state, perPerson, now);
      if (step.ok) {
        state = step.state;
        guesses += 1;
      } else now = later(now, step.waitMs);
    }
    expect(guesses).toBeLessThanOrEqual(110);
  });

  test("a quiet day forgets everything", () => {
    const tired = { count: 99, resetsAt: later(start, 1_000), waitUntil: later(start, 900) };
    expect(nextAttempt(tired, perPerson, later(start, 1_000))).toMatchObject({ ok: true, state: { count: 1 } });
  });
});

describe("a network", () => {
  test.each([
    ["192.0.2.10", "192.0.2.10"],
    ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    [null, "unknown"],
  ])("%s counts as %s", (address, network) => expect(networkOf(address)).toBe(network));
});
