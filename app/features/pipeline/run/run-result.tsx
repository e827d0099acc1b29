import { statusOf } from "~/features/pipeline/run/import-words";
import { type ContinuedRun, type CorrectingRun } from "~/features/pipeline/corrections/corrections.server";
import { RunCorrections } from "~/features/pipeline/corrections/run-corrections";
import { RefusedTable } from "~/features/pipeline/draft/preview-tables";
import { type RefusedLine } from "~/features/pipeline/corrections/refused-rows.server";
import { logLines } from "~/features/pipeline/run/run-progress";
import { storedSentence } from "~/features/pipeline/run/run";
import { type LogLine, type RunFacts } from "~/features/pipeline/run/runs.server";
import { formatDuration, formatInstant, millisecondsBetween, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { Figures } from "~/ui/figures";
import { AfterRun, type Again, Receipt, RefusedRecords } from "~/features/pipeline/run/receipt-panel";
import { AfterImport } from "~/features/pipeline/run/after-import";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Time } from "~/ui/time";

interface RunResultProps {
  base: string;
  place: Place;
  run: RunFacts;
  log: LogLine[];
  refused: RefusedLine[];
  /** What else there is to say of the rows, each with the contacts it is about. */
  remarks: { name: string; text: string; href: string | null; link: string }[];
  continues: ContinuedRun | null;
  corrections: CorrectingRun[];
  /** How many of the refused rows nobody has corrected yet. */
  left: number;
  may: { import: boolean };
  /** Where it is undone, or what came of that; null: there is nothing to undo, or it cannot be. */
  undo: { href: string; label: string } | null;
  /** Of a run of a connector: what it did beside, the page of whom it changed, and what can be begun again. */
  beside: string | null;
  changesHref: string | null;
  again: Again | null;
}

/** What a run did, in numbers that add up, and the rows it could not store. */
export function RunResult(props: RunResultProps) {
  const { base, place, run, log, refused, remarks, may, left, undo, beside, changesHref, again, ...chain } = props;
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same } = run.counts;
  const toUndo = run.undone ? null : undo;
  return (
    <>
      <Outcome run={run} place={place} />
      {run.undone ? <Undone at={run.undone} place={place} href={undo?.href ?? null} /> : null}
      {run.connector ? (
        <Receipt run={run} connector={run.connector} beside={beside} place={place} />
      ) : (
        <Figures
          figures={[
            { value: number(read), label: read === 1 ? "row read" : "rows read" },
            { value: number(created), label: "new" },
            { value: number(changed), label: "changed" },
            { value: number(same), label: "the same" },
            { value: number(run.counts.refused), label: "refused" },
          ]}
        />
      )}
      {remarks.map(({ name, text, href, link }) => (
        <p key={name} className="mt-4">
          {text} {href ? <a href={href}>{link}</a> : null}
        </p>
      ))}
      <RunCorrections {...{ base, place, refused: run.counts.refused, ...chain }} />
      <RefusedPanel {...{ base, place, run, refused, may, left, again }} />
      <Panel title="What happened">
        <ol className="log" tabIndex={0} aria-label="The log of this run">
          {logLines(log, place).map((line) => (
            <li key={line.key}>
              {line.at}
              <span>{line.text}</span>
            </li>
          ))}
        </ol>
      </Panel>
      {run.connector ? (
        <AfterRun
          {...{ base, again, changesHref }}
          connectorId={run.connector.id}
          subject={run.subject}
          undo={toUndo}
        />
      ) : (
        <AfterImport {...{ base, run, may }} undo={toUndo} />
      )}
    </>
  );
}

function Undone({
  at: { at, by },
  place,
  href,
}: {
  at: { at: string; by: string | null };
  place: Place;
  href: string | null;
}) {
  return (
    <Banner tone="warn">
      Undone{by ? ` by ${by}` : ""}, {formatInstant(place, at)}. {href ? <a href={href}>See what was undone</a> : null}
    </Banner>
  );
}

function Outcome({ run, place }: { run: RunFacts; place: Place }) {
  const { read, refused } = run.counts;
  return (
    <>
      <p className="mb-3">
        <Status of={statusOf(run.state)} />
        <span className="quiet">
          {" "}
          {run.finishedAt ? <Time at={run.finishedAt}>{formatInstant(place, run.finishedAt)}</Time> : null}
          {run.finishedAt && run.startedAt
            ? `, after ${formatDuration(millisecondsBetween(run.startedAt, run.finishedAt))}`
            : null}
        </span>
      </p>
      {run.problem ? (
        <Banner tone="bad">
          {run.problem} {storedSentence(run.counts, place.locale)}
          {run.problemReference ? ` Reference: ${run.problemReference}.` : ""}
        </Banner>
      ) : null}
      {run.state === "cancelled" ? (
        <Banner tone="warn">
          Cancelled.{" "}
          {read > refused ? "What was stored until then stays; the rest was not read." : "Nothing was stored."}
        </Banner>
      ) : null}
    </>
  );
}

type RefusedPanelProps = Pick<RunResultProps, "base" | "place" | "run" | "refused" | "may" | "left" | "again">;

/** Those that nobody has corrected yet; of a correction's own, those that were refused again. */
function RefusedPanel({ base, place, run, refused, may, left, again }: RefusedPanelProps) {
  if (left <= 0) return null;
  const { refusedLeft } = run;
  if (run.connector) return <RefusedRecords {...{ place, refused, left, again }} />;
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
        lines={refused.map(({ position, ...line }) => ({ ...line, line: position }))}
        locale={place.locale}
      />
    </Panel>
  );
}

type LeftProps = Pick<RunResultProps, "base" | "place" | "run" | "left" | "may"> & { at: string; by: string | null };

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
