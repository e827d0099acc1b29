import { type Period } from "~/features/contacts/relationships/relationships";
import { formatDate, type Place } from "~/platform/time";

/** "since 3 May 2024", "until 1 June 2025", "3 May 2024 – 1 June 2025"; "" where nothing is known. */
export function periodWords({ since, until }: Period, place: Place): string {
  if (since !== null && until !== null) return `${formatDate(place, since)} – ${formatDate(place, until)}`;
  if (since !== null) return `since ${formatDate(place, since)}`;
  return until === null ? "" : `until ${formatDate(place, until)}`;
}
