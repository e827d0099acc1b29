import { expect, test } from "vitest";
import { judge, MOST_TRIES, pauseMs } from "~/features/connectors/alerts/webhook-answers";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";

const now = "2026-05-04T09:00:00.000Z";
const judged = (status: number, body: string, retryAfter: string | null = null) =>
  judge({ status, body, retryAfter }, now);

test("what Slack takes it says with ok", () => {
  expect(judged(200, "ok")).toEqual({ kind: "taken" });
  expect(judged(204, "")).toEqual({ kind: "taken" });
});

test.each([
  ["30", 30_000],
  ["0", 1_000],
  ["Mon, 04 May 2026 09:02:00 GMT", 2 * MINUTE_MS],
  ["Mon, 04 May 2026 08:00:00 GMT", 1_000],
  ["86400", HOUR_MS],
  ["soon", null],
  [null, null],
])("of “Retry-After: %s” it waits %s ms", (retryAfter, waitMs) => {
  expect(judged(429, "rate_limited", retryAfter)).toMatchObject({ kind: "later", waitMs });
});

test.each([500, 502, 503, 408])("%i is no refusal: it is tried again", (status) => {
  expect(judged(status, "<html>")).toMatchObject({ kind: "later", waitMs: null });
});

test.each([
  [404, "no_service", "The webhook was taken away or switched off there."],
  [410, "channel_is_archived", "The channel is archived."],
  [400, "invalid_payload", "It did not understand the message."],
  [404, "<html><body>__proto__</body></html>", "It takes no messages at this address (it answered 404)."],
  [403, "constructor", "It takes no messages at this address (it answered 403)."],
])("%i %s is told in words, and nothing of what came back", (status, body, words) => {
  const judgement = judged(status, body);
  expect(judgement.kind).toBe("refused");
  expect("problem" in judgement && judgement.problem.startsWith(words)).toBe(true);
});

test("who is away for a morning is told all the same", () => {
  const pauses = Array.from({ length: MOST_TRIES - 1 }, (_, n) => pauseMs(n + 1));
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(5 * HOUR_MS);
});
