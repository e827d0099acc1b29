/** Which day it is somewhere, for millions of instants: days are counted from 1 January 1970. */
import { addDays, DAY_MS, startOfDay } from "~/platform/time";

const EPOCH = "1970-01-01";

/** The plain date of a counted day. */
export function dateOfDay(day: number): string {
  return addDays(EPOCH, day);
}

/** The counted day of a plain date. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export class Calendar {
  private readonly starts = new Map<number, number>();
  private day = 0;
  private from = Number.NaN;
  private to = Number.NaN;

  constructor(private readonly timeZone: string) {}

  /** The day at this instant (milliseconds since 1970). */
  dayAt(instantMs: number): number {
    if (instantMs >= this.from && instantMs < this.to) return this.day;
    // Zones are at most a day from UTC; a day that a place skipped is empty and never found.
    let day = Math.floor(instantMs / DAY_MS) - 1;
    while (instantMs >= this.startOf(day + 1)) day += 1;
    [this.day, this.from, this.to] = [day, this.startOf(day), this.startOf(day + 1)];
    return day;
  }

  private startOf(day: number): number {
    const known = this.starts.get(day);
    if (known !== undefined) return known;
    const start = Date.parse(startOfDay(this.timeZone, dateOfDay(day)));
    this.starts.set(day, start);
    return start;
  }
}
