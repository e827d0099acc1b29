import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { timeLimit } from "~/platform/time-limit.server";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a limit aborts when its time is over, and not before", () => {
  const limit = timeLimit(new AbortController().signal, 30_000);
  vi.advanceTimersByTime(29_999);
  expect(limit.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(limit.signal.reason).toMatchObject({ name: "TimeoutError" });
});

test("a limit aborts with the signal it was given, for its reason", () => {
  const outer = new AbortController();
  const limit = timeLimit(outer.signal, 30_000);
  outer.abort("stopped");
  expect(limit.signal.reason).toBe("stopped");
  expect(timeLimit(outer.signal, 30_000).signal.aborted).toBe(true);
});

test("what has ended in time is never aborted, and keeps nothing waiting", () => {
  const outer = new AbortController();
  const limit = timeLimit(outer.signal, 30_000);
  limit.end();
  expect(vi.getTimerCount()).toBe(0);
  outer.abort();
  expect(limit.signal.aborted).toBe(false);
});
