/** What the clocks of a place show, and when they show it. Zones are Intl's; a wall-clock time is `2026-03-29T02:30`. */
import { HOUR_MS, MINUTE_MS } from "~/platform/time";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, calendar: "iso8601", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  if (formatters.size < 1_000) formatters.set(timeZone, made);
  return made;
}

/** What the clocks show at an instant (both in milliseconds), as if they were UTC's. To the second. */
function shown(timeZone: string, at: number): number {
  const part = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) {
    if (type in part) part[type as keyof typeof part] = Number(value);
  }
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** `2026-03-29T02:30`: what the clocks show, without seconds. */
export function wallClock(timeZone: string, at: number): string {
  return new Date(shown(timeZone, at)).toISOString().slice(0, 16);
}

function offset(timeZone: string, at: number): number {
  return shown(timeZone, at) - at;
}

/** Longer than any change of a zone's clocks: some have skipped a whole day. */
const AROUND = 25 * HOUR_MS;

/**
 * The instants (in milliseconds, ascending) at which the clocks show a time: one, or two where they were put back over
 * it. Where they were put forward over it there is none: then it is as long after the jump as it would have been after
 * the instant of the jump, so that 02:30 becomes 03:30 (RFC 5545 and Temporal's "compatible" do the same).
 */
export function instantsOf(timeZone: string, wall: string): number[] {
  const asUtc = Date.parse(`${wall}:00Z`);
  const [before, after] = [offset(timeZone, asUtc - AROUND), offset(timeZone, asUtc + AROUND)];
  const real = [...new Set([asUtc - before, asUtc - after])].filter((at) => shown(timeZone, at) === asUtc);
  return real.length > 0 ? real.sort((a, b) => a - b) : [wholeMinute(asUtc - before)];
}

/** Some zones were once off by seconds. */
function wholeMinute(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}
