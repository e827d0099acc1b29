/** Time where somebody is: what their clock says, and when it says what a caller typed. Pure; zones are Intl's. */
import { DAY_MS, isDate, MINUTE_MS } from "~/platform/time";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone);
  if (kept) return kept;
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, calendar: "gregory", hourCycle: "h23", ...parts });
  if (formats.size < 500) formats.set(zone, made);
  return made;
}

/** What the clocks there say, as if they were in UTC: whole minutes since 1970 in milliseconds. */
function wallClock(zone: string, time: number): number {
  const parts = format(zone).formatToParts(time);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** By how much clocks there are ahead of UTC. */
function offset(zone: string, time: number): number {
  return wallClock(zone, time) - Math.floor(time / MINUTE_MS) * MINUTE_MS;
}

/**
 * The instants at which clocks in a zone show this: one as a rule, none in the hour that is skipped when they go forward,
 * two in the one that comes twice when they go back; the earlier first.
 * @param date a plain date @param time `09:05`
 */
export function instantsOf(zone: string, { date, time }: { date: string; time: string }): string[] {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const offsets = new Set([offset(zone, wall - DAY_MS), offset(zone, wall + DAY_MS)]);
  return [...offsets]
    .map((ahead) => wall - ahead)
    .filter((instant) => wallClock(zone, instant) === wall)
    .sort((a, b) => a - b)
    .map((instant) => new Date(instant).toISOString());
}

/** The hour of the day there: 0 to 23. */
export function hourIn(zone: string, instant: string): number {
  return new Date(wallClock(zone, Date.parse(instant))).getUTCHours();
}

/** People are called between eight and eight by their own clocks. */
export const goodHours = { from: 8, to: 20 } as const;

export function isGoodHour(zone: string, instant: string): boolean {
  const hour = hourIn(zone, instant);
  return hour >= goodHours.from && hour < goodHours.to;
}

/** `9:05`, `09.05`, `2 pm`, `1430` as `14:30`; null: it is no time of the day. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.h]?([0-5]\d))?(?::\d\d)?\s*(am|pm)?$/i.exec(text.trim());
  const [, hours = "", minutes, half] = found ?? [];
  // A number alone may be anything.
  if (!found || (minutes === undefined && half === undefined)) return null;
  const hour = half === undefined ? Number(hours) : hourOfHalf(Number(hours), half.toLowerCase() === "pm");
  return hour === null || hour > 23 ? null : `${String(hour).padStart(2, "0")}:${minutes ?? "00"}`;
}

/** Twelve begins both halves of a day. */
function hourOfHalf(hour: number, isAfternoon: boolean): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

export type WhenReading = { ok: true; at: string } | { ok: false; field: "day" | "time"; reason: WhenRefusal };
export type WhenRefusal = "no-day" | "no-time" | "skipped" | "past" | "too-far";

/** How far ahead somebody may ask to be called again: later is a slip of the pen. */
const FURTHEST_MS = 366 * DAY_MS;

/** When somebody is to be called again, typed as their clock will say it; of an hour that comes twice, the first time. */
export function readWhen(zone: string, typed: { day: string; time: string }, now: string): WhenReading {
  const [date, time] = [typed.day.trim(), readTime(typed.time)];
  if (!isDate(date)) return { ok: false, field: "day", reason: "no-day" };
  if (time === null) return { ok: false, field: "time", reason: "no-time" };
  const instants = instantsOf(zone, { date, time });
  if (instants.length === 0) return { ok: false, field: "time", reason: "skipped" };
  const at = instants.find((instant) => instant > now);
  if (at === undefined) return { ok: false, field: dateIsPast(zone, date, now) ? "day" : "time", reason: "past" };
  if (Date.parse(at) - Date.parse(now) > FURTHEST_MS) return { ok: false, field: "day", reason: "too-far" };
  return { ok: true, at };
}

function dateIsPast(zone: string, date: string, now: string): boolean {
  return date < new Date(wallClock(zone, Date.parse(now))).toISOString().slice(0, 10);
}
