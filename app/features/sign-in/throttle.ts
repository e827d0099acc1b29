/**
 * How often something may be tried. After the free attempts each further one must wait longer, up to a limit; nobody is
 * ever shut out for good (ASVS 6.1.1), and a while without attempts forgets all.
 */
import { later, millisecondsBetween, MINUTE_MS, SECOND_MS } from "~/platform/time";

export interface ThrottleRule {
  freeAttempts: number;
  firstWaitMs: number;
  longestWaitMs: number;
  /** After so long without an attempt the count begins anew. */
  forgetMs: number;
}

export interface ThrottleState {
  count: number;
  resetsAt: string;
  waitUntil: string | null;
}

export type ThrottleStep = { ok: true; state: ThrottleState } | { ok: false; waitMs: number };

/** One more attempt at `now`: allowed, with the state to keep, or refused, with the time to wait. A refused one does not count. */
export function nextAttempt(before: ThrottleState | null, rule: ThrottleRule, now: string): ThrottleStep {
  const state = before && before.resetsAt > now ? before : null;
  if (state?.waitUntil && state.waitUntil > now)
    return { ok: false, waitMs: millisecondsBetween(now, state.waitUntil) };
  const count = (state?.count ?? 0) + 1;
  const over = count - rule.freeAttempts;
  const waitMs = over < 0 ? 0 : Math.min(rule.firstWaitMs * 2 ** Math.min(over, 30), rule.longestWaitMs);
  const waitUntil = waitMs > 0 ? later(now, waitMs) : null;
  return { ok: true, state: { count, resetsAt: later(now, rule.forgetMs), waitUntil } };
}

/** Passwords for one address book entry, known or not, and for one person on a browser of theirs. */
export const perPerson: ThrottleRule = {
  freeAttempts: 10,
  firstWaitMs: 30 * SECOND_MS,
  longestWaitMs: 15 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};

/** Passwords and codes from one network address: an office sits behind one. */
export const perAddress: ThrottleRule = {
  freeAttempts: 50,
  firstWaitMs: 15 * SECOND_MS,
  longestWaitMs: 15 * MINUTE_MS,
  forgetMs: 60 * MINUTE_MS,
};

/** All of them together, browsers known to us apart. */
export const overall: ThrottleRule = {
  freeAttempts: 300,
  firstWaitMs: SECOND_MS,
  longestWaitMs: 30 * SECOND_MS,
  forgetMs: MINUTE_MS,
};

/** Codes of the second factor, for a person and for one sign-in: five, then a quarter of an hour. */
export const perCode: ThrottleRule = {
  freeAttempts: 5,
  firstWaitMs: 15 * MINUTE_MS,
  longestWaitMs: 60 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};
