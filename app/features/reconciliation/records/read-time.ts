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
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;

/** Null where it is no such time. */
export function readTime(text: string, timeZone: string): ReadTime | null {
  const found = pattern.exec(text.trim());
  if (!found) return null;
  const [, year = "", month = "", day = "", hour, minute = "", second = "00", fraction = "", zone] = found;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date)) return null;
  if (hour === undefined) return { instant: startOfDay(timeZone, date), isLocal: false, isDayOnly: true };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const milliseconds = Number(second) * 1_000 + Number(`${fraction}000`.slice(0, 3));
  const at = zone
    ? Date.parse(`${date}T${hour}:${minute}:00${offsetOf(zone)}`)
    : (instantsOf(timeZone, `${date}T${hour}:${minute}`)[0] ?? Number.NaN);
  if (Number.isNaN(at)) return null;
  return { instant: new Date(at + milliseconds).toISOString(), isLocal: !zone, isDayOnly: false };
}

function offsetOf(zone: string): string {
  return /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : "Z";
}

/** `2026-11-22`, also of 20261122 as analytics writes it; null for all else. */
export function readDay(text: string): string | null {
  const plain = text.trim().replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  return isDate(plain) ? plain : null;
}
