import { type RunView } from "~/routes/reconciliations/runs/run-facts.server";
import { formatInstant, formatTime, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Status } from "~/ui/status";
import { Time } from "~/ui/time";

/** One comparison: how far it is, or how it ended, with its log. */
export function RunPage({ view }: { view: RunView }) {
  const { base, name, run, atWork, mayWrite } = view;
  return (
    <>
      <PageHead
        title={`Comparison of ${run.days}`}
        line={<Status of={run.state}>{run.word}</Status>}
        back={{ href: `${base}/runs`, label: `Comparisons of ${name}` }}
        actions={atWork ? null : <Ended view={view} />}
      />
      {run.problem ? <Problem {...run} problem={run.problem} /> : null}
      {atWork ? <AtWork view={view} mayCancel={mayWrite && !run.isStopping} /> : <WhatWasRead view={view} />}
    </>
  );
}

function Problem({ problem, reference }: { problem: string; reference: string | null }) {
  return (
    <Banner tone="bad">
      {problem}
      {reference ? ` Reference: ${reference}.` : null}
    </Banner>
  );
}

function Ended({ view: { base, run, mayWrite } }: { view: RunView }) {
  const { firstDay, lastDay } = run;
  return (
    <>
      {mayWrite ? (
        <PostButton action={`${base}/runs`} fields={{ firstDay, lastDay }}>
          Compare these days again
        </PostButton>
      ) : null}
      {run.state === "done" ? (
        <>
          <ButtonLink href={`${base}/runs/${run.id}/figures.json`}>Figures as JSON</ButtonLink>
          <ButtonLink tone="primary" href={`${base}?run=${run.id}`}>
            What it found
          </ButtonLink>
        </>
      ) : null}
    </>
  );
}

function AtWork({ view: { base, place, run, log, refreshes }, mayCancel }: { view: RunView; mayCancel: boolean }) {
  const page = `${base}/runs/${run.id}`;
  return (
    <Panel title="Progress" line={run.isStopping ? "It stops at the next step." : run.phase}>
      <Progress
        label={`Comparing ${run.days}`}
        done={run.read}
        noun="orders and tracked purchases read"
        log={linesOf(log, place)}
        cancelAction={mayCancel ? `${page}/cancellation` : undefined}
        refresh={{ on: refreshes, href: refreshes ? `${page}?refresh=off` : page }}
        locale={place.locale}
      />
    </Panel>
  );
}

function WhatWasRead({ view: { place, run, log } }: { view: RunView }) {
  return (
    <>
      <Panel title="What was compared">
        <Facts
          facts={[
            { label: "Asked for", value: run.asked },
            { label: "Days", value: run.days },
            { label: "Orders read", value: run.orders },
            { label: "Tracked purchases read", value: run.rows },
            { label: "Findings", value: run.findings },
            ...(run.took ? [{ label: "Time", value: run.took }] : []),
          ]}
        />
      </Panel>
      <Panel title="Log">
        <ol className="log" tabIndex={0} aria-label="The log">
          {linesOf(log, place).map((line) => (
            <li key={line.key}>
              {line.at}
              <span>{line.text}</span>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}

function linesOf(log: RunView["log"], place: Place) {
  return log.map(({ id, at, text }) => ({
    key: id,
    at: (
      <Time at={at} title={formatInstant(place, at)}>
        {formatTime(place, at)}
      </Time>
    ),
    text,
  }));
}
