import { formatInstant, formatRelative, type Place } from "~/platform/time";
import { Time } from "~/ui/time";

/** A moment in the reader's place, and how long ago it was in its title; nothing for none. */
export function When({ at, place, now }: { at: string | null; place: Place; now: string }) {
  if (at === null) return null;
  return (
    <Time at={at} title={formatRelative(place.locale, at, now)}>
      {formatInstant(place, at)}
    </Time>
  );
}
