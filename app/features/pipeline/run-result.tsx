import { statusOf } from "~/features/pipeline/import-words";
import { RefusedTable } from "~/features/pipeline/preview-tables";
import { type RefusedLine } from "~/features/pipeline/refused-rows.server";
import { logLines } from "~/features/pipeline/run-progress";
import { type LogLine, type RunFacts } from "~/features/pipeline/runs.server";
import { formatDuration, formatInstant, millisecondsBetween, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Figures } from "~/ui/figures";
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
  may: { import: boolean };
}

/** What a run did, in numbers that add up, and the rows it could not store. */
export function RunResult({ base, place, run, log, refused, may }: RunResultProps) {
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same } = run.counts;
  return (
    <>
      <Outcome run={run} place={place} />
      <Figures
        figures={[
          { value: number(read), label: read === 1 ? "row read" : "rows read" },
          { value: number(created), label: "new" },
          { value: number(changed), label: "changed" },
          { value: number(same), label: "the same" },
          { value: number(run.counts.refused), label: "refused" },
        ]}
      />
      <RefusedPanel {...{ base, place, run, refused, may }} />
      <Panel title="What happened">
        <ol className="log" tabIndex={0} aria-label="The log of this import">
          {logLines(log, place).map((line) => (
            <li key={line.key}>
              {line.at}
              <span>{line.text}</span>
            </li>
          ))}
        </ol>
      </Panel>
      <div className="actions mt-4">
        <ButtonLink href={`${base}/contacts?sort=changed`} tone="primary">
          See the contacts
        </ButtonLink>
        {may.import ? <ButtonLink href={`${base}/contacts/import`}>Import another file</ButtonLink> : null}
      </div>
    </>
  );
}

function Outcome({ run, place }: { run: RunFacts; place: Place }) {
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
          {run.problem}
          {run.problemReference ? ` Reference: ${run.problemReference}.` : ""}
        </Banner>
      ) : null}
      {run.state === "cancelled" ? (
        <Banner tone="warn">Cancelled. What was stored until then stays; the rest was not read.</Banner>
      ) : null}
    </>
  );
}

function RefusedPanel({ base, place, run, refused, may }: Omit<RunResultProps, "log">) {
  if (run.counts.refused === 0) return null;
  const all = formatCount(run.counts.refused, place);
  const shown = new Set(refused.map((line) => line.position)).size;
  const isAll = shown === run.counts.refused;
  return (
    <Panel
      title={isAll ? `Refused rows, ${all}` : `Refused rows, the first ${formatCount(shown, place)} of ${all}`}
      line="Nothing of these rows was stored. Correct them in the file below and import that: it has all their columns."
      actions={
        may.import ? (
          <a href={`${base}/imports/${run.id}/refused-rows.csv`} download>
            Download as CSV
          </a>
        ) : null
      }
    >
      <RefusedTable lines={refused.map(({ position, ...line }) => ({ ...line, line: position }))} />
    </Panel>
  );
}
