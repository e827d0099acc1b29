import { statusOf } from "~/features/pipeline/run/import-words";
import { howFar, pace } from "~/features/pipeline/run/run";
import { type LogLine, type RunFacts } from "~/features/pipeline/run/runs.server";
import { formatDuration, formatInstant, formatTime, millisecondsBetween, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { Panel } from "~/ui/panel";
import { formatCount } from "~/ui/pagination";
import { Progress } from "~/ui/progress";
import { Status } from "~/ui/status";
import { Time } from "~/ui/time";

interface RunProgressProps {
  base: string;
  place: Place;
  now: string;
  run: RunFacts;
  log: LogLine[];
  refresh: { on: boolean; href: string };
  may: { cancel: boolean };
  /** On a page with several: what this one is, as a link. */
  title?: string;
}

/** How far a run has come, how fast, and how much longer it will take. */
export function RunProgress({ base, place, now, run, log, refresh, may, title }: RunProgressProps) {
  const page = `${base}/imports/${run.id}`;
  const { done, total } = howFar(run);
  const speed = speedOf(run, now);
  return (
    <Panel title={title ? <a href={page}>{title}</a> : "Progress"} actions={<RunState run={run} />}>
      {run.connector?.waiting ? <Waiting {...run.connector.waiting} place={place} /> : null}
      <Progress
        {...wordsOf(run)}
        done={done}
        total={total ?? undefined}
        rate={speed ? `about ${formatCount(Math.round(speed.perSecond), place)} a second` : undefined}
        left={speed?.leftMs ? `about ${formatDuration(speed.leftMs)} left` : undefined}
        log={logLines(log, place)}
        cancelAction={may.cancel && !run.cancelRequestedAt ? `${page}/cancellation` : undefined}
        refresh={refresh}
        locale={place.locale}
      />
    </Panel>
  );
}

/** Nobody knows how soon one will have stopped; and while one waits for its source it has none. */
function speedOf(run: RunFacts, now: string) {
  const { startedAt, cancelRequestedAt, connector } = run;
  if (!startedAt || cancelRequestedAt || connector?.waiting) return null;
  const { done, total } = howFar(run);
  return pace(done, total, millisecondsBetween(startedAt, now));
}

function wordsOf({ connector, fileName }: RunFacts): { label: string; noun: string } {
  if (connector?.takesAway) return { label: `Taking away what ${fileName} brought`, noun: "records taken away" };
  if (connector?.mode === "answer") return { label: `Carrying out the answer for ${fileName}`, noun: "records" };
  return connector
    ? { label: `Reading ${fileName}`, noun: "records" }
    : { label: `Importing ${fileName}`, noun: "rows" };
}

/** No worker waits with it: others go on meanwhile. */
function Waiting({ until, why, place }: { until: string; why: string; place: Place }) {
  return (
    <Banner tone="warn">
      Waiting until <Time at={until}>{formatInstant(place, until)}</Time>. {why}
    </Banner>
  );
}

function RunState({ run }: { run: RunFacts }) {
  return <Status of={statusOf(run.state)}>{run.cancelRequestedAt ? "Stopping" : undefined}</Status>;
}

export function logLines(log: LogLine[], place: Place) {
  return log.map((line) => ({
    key: line.id,
    at: (
      <Time at={line.at} title={formatInstant(place, line.at)}>
        {formatTime(place, line.at)}
      </Time>
    ),
    text: line.text,
  }));
}
