/** What a run has not taken: rows of a file, to be corrected and sent again, or records of a connector. */
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { type RefusedLine, type RefusedRecord } from "~/features/pipeline/corrections/refused-rows.server";
import { RefusedTable } from "~/features/pipeline/draft/preview-tables";
import { type Again, RefusedRecords } from "~/features/pipeline/run/receipt-panel";
import { type RunFacts } from "~/features/pipeline/run/runs.server";
import { formatInstant, type Place } from "~/platform/time";
import { PostButton } from "~/ui/button";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";

interface RefusedPanelProps {
  base: string;
  place: Place;
  run: RunFacts;
  refused: RefusedLine[];
  /** The same of a run of a connector. */
  refusedRecords: RefusedRecord[];
  /** How many of the refused rows nobody has corrected yet. */
  left: number;
  may: { import: boolean };
  again: Again | null;
}

/** Those that nobody has corrected yet; of a correction's own, those that were refused again. */
export function RefusedPanel({ base, place, run, refused, refusedRecords, may, left, again }: RefusedPanelProps) {
  if (left <= 0) return null;
  const { refusedLeft } = run;
  if (run.connector) return <RefusedRecords {...{ base, place, refused: refusedRecords, left, again }} />;
  if (refusedLeft) return <LeftAsTheyAre {...{ base, place, run, left, may }} {...refusedLeft} />;
  const all = formatCount(left, place);
  const shown = new Set(refused.map((line) => line.position)).size;
  const some = left < run.counts.refused ? "Refused rows still to correct" : "Refused rows";
  const file = `${base}/imports/${run.id}/refused-rows`;
  return (
    <Panel
      title={shown >= left ? `${some}, ${all}` : `${some}, the first ${formatCount(shown, place)} of ${all}`}
      line={`Nothing of ${left === 1 ? "this row" : "these rows"} was stored. Download as a workbook or CSV, correct what is wrong there, and import that file: it goes by the columns and settings of this import, and each row is taken once.`}
      actions={
        may.import ? (
          <>
            <a href={`${file}.xlsx`} download>
              Download as Excel workbook
            </a>
            <a href={`${file}.csv`} download>
              Download as CSV
            </a>
            <PostButton small action={`${base}/imports/${run.id}/refused-leaving`}>
              Leave the rest as they are
            </PostButton>
          </>
        ) : null
      }
    >
      <RefusedTable
        lines={refused.map((line) => {
          return { ...line, line: line.position, reason: <ReasonWithLinks {...{ base, ...line }} /> };
        })}
        locale={place.locale}
      />
    </Panel>
  );
}

type LeftProps = Pick<RefusedPanelProps, "base" | "place" | "run" | "left" | "may"> & { at: string; by: string | null };

/** Somebody has seen to them: nothing needs attention. */
function LeftAsTheyAre({ base, place, run, left, may, at, by }: LeftProps) {
  const rows = left === 1 ? "1 refused row was" : `${formatCount(left, place)} refused rows were`;
  return (
    <div className="mt-4 flex flex-wrap items-baseline gap-x-4 gap-y-2">
      <p>
        {rows} left as {left === 1 ? "it is" : "they are"}
        {by ? ` by ${by}` : ""}, {formatInstant(place, at)}. Nothing of {left === 1 ? "it" : "them"} is stored.
      </p>
      {may.import ? (
        <PostButton small action={`${base}/imports/${run.id}/refused-taking-up`}>
          Correct {left === 1 ? "it" : "them"} after all
        </PostButton>
      ) : null}
    </div>
  );
}
