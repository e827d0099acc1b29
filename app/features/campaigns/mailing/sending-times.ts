/** When mails may go out: so many a minute, in somebody's working hours, and again after a refusal. Pure. */
import {
  addDays,
  dateIn,
  HOUR_MS,
  later,
  millisecondsBetween,
  MINUTE_MS,
  SECOND_MS,
  startOfDay,
} from "~/platform/time";

/** Mails go out in bursts of this length, so that nothing waits in a job between two mails. */
export const BURST_MS = 10 * SECOND_MS;

interface Pace {
  /** Until when what went out fills the rate; null: nothing did lately. */
  pacedUntil: string | null;
  mailsAMinute: number;
  now: string;
}

/** How many may go out now. At the most a burst, and at least one where the rate is not filled. */
export function allowance({ pacedUntil, mailsAMinute, now }: Pace): number {
  const interval = MINUTE_MS / mailsAMinute;
  const filled = pacedUntil === null ? 0 : Math.max(0, millisecondsBetween(now, pacedUntil));
  if (filled > 0) return Math.max(0, Math.floor((BURST_MS - filled) / interval));
  return Math.max(1, Math.floor(BURST_MS / interval));
}

/** Until when the rate is filled, when so many more go out. */
export function pacedAfter({ pacedUntil, mailsAMinute, now }: Pace, mails: number): string {
  const from = pacedUntil !== null && pacedUntil > now ? pacedUntil : now;
  return later(from, Math.ceil((mails * MINUTE_MS) / mailsAMinute));
}

const OPENS = 9;
const CLOSES = 17;
/** More than the days without an opening hour anywhere. */
const MOST_DAYS = 5;

/** Null where it is working time there: Monday to Friday, 9 to 17; else when that begins. */
export function untilWorkingHours(timeZone: string, now: string): string | null {
  const today = dateIn(timeZone, now);
  for (let ahead = 0; ahead < MOST_DAYS; ahead += 1) {
    const day = addDays(today, ahead);
    if (isWeekend(day)) continue;
    const opens = hourOf(timeZone, day, OPENS);
    if (now < opens) return opens;
    if (now < hourOf(timeZone, day, CLOSES)) return null;
  }
  throw new Error("No working day in five");
}

function isWeekend(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Clocks are changed at night: counted back from the end of a day whose first hours may be more or fewer. */
function hourOf(timeZone: string, date: string, hour: number): string {
  return later(startOfDay(timeZone, addDays(date, 1)), -(24 - hour) * HOUR_MS);
}

/** Between tries at somebody whose server refused for now; after the last they are refused. */
const softWaits = [5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS];

/** @param tries so far, this one with them; null: no more */
export function nextTry(tries: number, now: string): string | null {
  const wait = softWaits[tries - 1];
  return wait === undefined ? null : later(now, wait);
}

const LONGEST_WAIT_MS = 30 * MINUTE_MS;

/** When the mail server is tried again that failed so often in a row. */
export function nextTryOfServer(failures: number, now: string): string {
  return later(now, Math.min(LONGEST_WAIT_MS, 15 * SECOND_MS * 2 ** (failures - 1)));
}

/** When about the rest will be out at this rate; hours that are waited for come on top. */
export function aboutDoneAt(left: number, { mailsAMinute, now }: Omit<Pace, "pacedUntil">): string {
  return later(now, (left / mailsAMinute) * MINUTE_MS);
}
