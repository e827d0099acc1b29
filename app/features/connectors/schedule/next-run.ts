/**
 * When a connector runs next: from a schedule, an instant and a zone to an instant, and nothing else. What the clocks of
 * the account show decides. A time that they skip comes as long after the jump; one that they show twice counts once, the
 * first time (of what comes hourly, both); a day that a month does not have is its last.
 */
import { type QuietHours, type Rhythm, type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { instantsOf, wallClock } from "~/features/connectors/schedule/wall-clock";
import { addDays, daysInMonth, parseDate } from "~/platform/time";

/** From before a time that quiet hours or a jump of the clocks have moved past `after`, to behind the longest rhythm. */
const DAYS_BACK = 2;
const DAYS_AHEAD = 64;

/** Strictly later than `after`; null where nothing comes by itself. */
export function nextRunAt(
  { rhythm, quiet }: RunSchedule,
  { after, timeZone }: { after: string; timeZone: string },
): string | null {
  if (rhythm.every === "manual") return null;
  const from = Date.parse(after);
  const today = wallClock(timeZone, from).slice(0, 10);
  for (let day = -DAYS_BACK; day <= DAYS_AHEAD; day += 1) {
    const coming = timesOf(rhythm, addDays(today, day))
      .flatMap((wall) => instants(rhythm, timeZone, wall))
      .map((at) => afterQuiet(quiet, timeZone, at))
      .filter((at) => at > from);
    if (coming.length > 0) return new Date(Math.min(...coming)).toISOString();
  }
  throw new Error("A schedule that never comes");
}

/** The next so many, the nearest first. */
export function nextRuns(
  schedule: RunSchedule,
  { after, timeZone, count }: { after: string; timeZone: string; count: number },
): string[] {
  const runs: string[] = [];
  for (let last: string | null = after; runs.length < count;) {
    last = nextRunAt(schedule, { after: last, timeZone });
    if (last === null) break;
    runs.push(last);
  }
  return runs;
}

/** When the quiet hours end in which `at` lies; null: it lies in none. */
export function endOfQuiet({ quiet }: RunSchedule, { at, timeZone }: { at: string; timeZone: string }): string | null {
  const time = Date.parse(at);
  const end = afterQuiet(quiet, timeZone, time);
  return end === time ? null : new Date(end).toISOString();
}

/** On a day: what the clocks have to show. */
function timesOf(rhythm: Rhythm, date: string): string[] {
  switch (rhythm.every) {
    case "manual":
      return [];
    case "hour":
      return Array.from({ length: 24 }, (_, hour) => `${date}T${twoDigits(hour)}:${twoDigits(rhythm.minute)}`);
    case "times":
      return rhythm.times.map((time) => `${date}T${time}`);
    default:
      return isDay(rhythm, date) ? [`${date}T${rhythm.time}`] : [];
  }
}

const twoDigits = (number: number) => String(number).padStart(2, "0");

function isDay(rhythm: Exclude<Rhythm, { every: "manual" | "hour" | "times" }>, date: string): boolean {
  switch (rhythm.every) {
    case "day":
      return true;
    case "weekdays":
      return weekdayOf(date) <= 5;
    case "week":
      return rhythm.days.includes(weekdayOf(date));
    case "month":
      return isDayOfMonth(rhythm.day, date);
  }
}

/** Monday is 1. */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function isDayOfMonth(wanted: number | "last", date: string): boolean {
  const { year, month, day } = parseDate(date) ?? { year: 1, month: 1, day: 1 };
  const last = daysInMonth(year, month);
  return day === (wanted === "last" ? last : Math.min(wanted, last));
}

function instants({ every }: Rhythm, timeZone: string, wall: string): number[] {
  const all = instantsOf(timeZone, wall);
  return every === "hour" ? all : all.slice(0, 1);
}

function afterQuiet(quiet: QuietHours | null, timeZone: string, at: number): number {
  if (quiet === null) return at;
  const wall = wallClock(timeZone, at);
  const [date, time] = [wall.slice(0, 10), wall.slice(11)];
  const isOvernight = quiet.until < quiet.from;
  const isQuiet = isOvernight ? time >= quiet.from || time < quiet.until : time >= quiet.from && time < quiet.until;
  if (!isQuiet) return at;
  const endsOn = isOvernight && time >= quiet.from ? addDays(date, 1) : date;
  return instantsOf(timeZone, `${endsOn}T${quiet.until}`).find((end) => end > at) ?? at;
}
