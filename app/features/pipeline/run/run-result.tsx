import { stateWord, statusOf } from "~/features/pipeline/run/import-words";
import { type ContinuedRun, type CorrectingRun } from "~/features/pipeline/corrections/corrections.server";
import { RunCorrections } from "~/features/pipeline/corrections/run-corrections";
import { type RefusedLine, type RefusedRecord } from "~/features/pipeline/corrections/refused-rows.server";
import { logLines } from "~/features/pipeline/run/run-progress";
import { storedSentence } from "~/features/pipeline/run/run";
import { type LogLine, type RunFacts } from "~/features/pipeline/run/runs.server";
import { formatDuration, formatInstant, millisecondsBetween, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { Answered } from "~/features/pipeline/run/answered";
import { AfterImport } from "~/features/pipeline/run/after-import";
import { Figures } from "~/ui/figures";
import { AfterRun, type Again, Receipt } from "~/features/pipeline/run/receipt-panel";
import { RefusedPanel } from "~/features/pipeline/run/refused-panel";
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
  /** The same of a run of a connector. */
  refusedRecords: RefusedRecord[];
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
  /** What is to be done first stands at the head of the page. */
  leadsOn: boolean;
}

/** What a run did, in numbers that add up, and the rows it could not store. */
export function RunResult(props: RunResultProps) {
  const { base, place, run, log, remarks, may, undo, beside, changesHref, again, leadsOn, ...rest } = props;
  const { refused, refusedRecords, left, ...chain } = rest;
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same } = run.counts;
  const toUndo = run.undone ? null : undo;
  return (
    <>
      <Outcome run={run} place={place} />
      {run.connector?.answer ? <Answered {...{ base, place }} answer={run.connector.answer} /> : null}
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
        <p key={name} className="my-4">
          {text} {href ? <a href={href}>{link}</a> : null}
        </p>
      ))}
      <RunCorrections {...{ base, place, refused: run.counts.refused, ...chain }} />
      <RefusedPanel {...{ base, place, run, refused, refusedRecords, may, left, again }} />
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
          {...{ base, again, changesHref, leadsOn }}
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
  const stored = storedSentence({ ...run.counts, gone: run.connector?.gone }, place.locale);
  return (
    <>
      <p className="mb-3">
        <Status of={statusOf(run.state)}>{stateWord(run)}</Status>
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
          {run.problem} {stored}
          {run.problemReference ? ` Reference: ${run.problemReference}.` : ""}
        </Banner>
      ) : null}
      {run.state === "cancelled" ? (
        <Banner tone="warn">
          Cancelled. {read > refused ? "What was stored until then stays; the rest was not read." : stored}
        </Banner>
      ) : null}
    </>
  );
}
