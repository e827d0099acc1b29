import { type CorrectionOfChange } from "~/features/pipeline/corrections/corrections.server";
import { formatDate, type Place } from "~/platform/time";

/** Whoever undoes an import hears of the rows of it that came in later, corrected: they are undone by themselves. */
export function CorrectedSince({ base, place, corrections }: CorrectedSinceProps) {
  return corrections.map(({ changeSetId, fileName, at, took }) => (
    <p key={changeSetId} className="mt-3">
      {took === 1
        ? "1 row that it refused was corrected and came in"
        : `${took.toLocaleString(place.locale)} rows that it refused were corrected and came in`}{" "}
      on {formatDate(place, at)} as “{fileName}”. They stay when this is undone:{" "}
      <a href={`${base}/changes/${changeSetId}`}>undo them by themselves</a>.
    </p>
  ));
}

interface CorrectedSinceProps {
  base: string;
  place: Place;
  corrections: CorrectionOfChange[];
}
