import { formatShortDate, type Place } from "~/platform/time";

/** "1 May 2026 – 31 May 2026" */
export function daysText(place: Place, { firstDay, lastDay }: { firstDay: string; lastDay: string }): string {
  if (firstDay === lastDay) return formatShortDate(place, firstDay);
  return `${formatShortDate(place, firstDay)} – ${formatShortDate(place, lastDay)}`;
}
