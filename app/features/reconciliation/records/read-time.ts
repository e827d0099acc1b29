/** When something was ordered or tracked, as machines write it: year, month, day, and a zone where there is one. */
import { instantsOf } from "~/features/connectors/schedule/wall-clock";
import { isDate, startOfDay } from "~/platform/time";

export interface ReadTime {
  instant: string;
  /** Without a zone it is the account's. */
  isLocal: boolean;
  /** No time of day was given. */
  isDayOnly: boolean;
}

const pattern =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<clock>\d{2}:\d{2})(?::(?<seconds>\d{2}(?:[.,]\d{1,9})?))?\s?(?<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;

/** Null where it is no such time. */
export function readTime(text: string, timeZone: string): ReadTime | null {
  const said: Readonly<Record<string, string | undefined>> = pattern.exec(text.trim())?.groups ?? {};
  const { date = "", clock, seconds, zone } = said;
  if (!isDate(date)) return null;
  if (clock === undefined) return { instant: startOfDay(timeZone, date), isLocal: false, isDayOnly: true };
  const at = instantOf({ date, clock, seconds, zone }, timeZone);
  return at === null ? null : { instant: new Date(at).toISOString(), isLocal: zone === undefined, isDayOnly: false };
}

interface Parts {
  date: string;
  clock: string;
  seconds: string | undefined;
  zone: string | undefined;
}

/** In milliseconds. An hour that the clocks show twice is the first of the two. */
function instantOf({ date, clock, seconds = "0", zone }: Parts, timeZone: string): number | null {
  const milliseconds = Math.floor(Number(seconds.replace(",", ".")) * 1_000 + 1e-6);
  if (clock > "23:59" || clock.slice(3) > "59" || milliseconds >= 60_000) return null;
  const minute = zone
    ? Date.parse(`${date}T${clock}:00${offsetOf(zone)}`)
    : instantsOf(timeZone, `${date}T${clock}`)[0];
  return minute === undefined || Number.isNaN(minute) ? null : minute + milliseconds;
}

function offsetOf(zone: string): string {
  return /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : "Z";
}

/** `2026-11-22`, also of 20261122 as analytics writes it; null for all else. */
export function readDay(text: string): string | null {
  const plain = text.trim().replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  return isDate(plain) ? plain : null;
}
