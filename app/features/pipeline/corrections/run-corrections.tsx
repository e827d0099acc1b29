import { type ContinuedRun, type CorrectingRun } from "~/features/pipeline/corrections/corrections.server";
import { formatDate, type Place } from "~/platform/time";

interface RunCorrectionsProps {
  base: string;
  place: Place;
  /** How many rows the run itself refused. */
  refused: number;
  continues: ContinuedRun | null;
  corrections: CorrectingRun[];
}

/** What became of refused rows in other runs, and whose refused rows these were. */
export function RunCorrections({ base, place, refused, continues, corrections }: RunCorrectionsProps) {
  const number = (count: number) => count.toLocaleString(place.locale);
  return (
    <>
      {continues ? (
        <p className="mt-4">
          These are corrected rows of{" "}
          <a href={`${base}/imports/${continues.id}`}>
            “{continues.fileName}” of {formatDate(place, continues.at)}
          </a>
          , which had refused {number(continues.refused)}.
        </p>
      ) : null}
      {corrections
        .filter(({ took }) => took > 0)
        .map(({ id, fileName, at, by, took, undoneAt }) => (
          <p key={id} className="mt-4">
            {number(took)} of {refused === 1 ? "1 refused row" : `${number(refused)} refused rows`}{" "}
            {took === 1 ? "was" : "were"} corrected on {formatDate(place, at)}
            {by ? ` by ${by}` : ""}
            {undoneAt ? `, and that was undone on ${formatDate(place, undoneAt)}` : ""}.{" "}
            <a href={`${base}/imports/${id}`}>See the import of “{fileName}”</a>
          </p>
        ))}
    </>
  );
}
