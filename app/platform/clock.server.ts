/** Where the time comes from. Everything that asks for "now" asks a clock it was given, so that tests can set it. */
export interface Clock {
  /** The present instant as ISO 8601 in UTC with milliseconds, e.g. `2026-05-03T14:10:00.000Z`. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
