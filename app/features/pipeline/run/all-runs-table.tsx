import { type ReactNode } from "react";
import { stateWord, statusOf } from "~/features/pipeline/run/import-words";
import { howFar, isAtWork } from "~/features/pipeline/run/run";
import { type ConnectorRun } from "~/features/pipeline/run/run-of-connector.server";
import { type ListedRun } from "~/features/pipeline/run/run-list.server";
import { formatDuration, formatInstant, formatTime, millisecondsBetween, type Place } from "~/platform/time";
import { formatCount } from "~/ui/pagination";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

interface AllRunsProps {
  base: string;
  place: Place;
  now: string;
  runs: ListedRun[];
  foot: ReactNode;
  /** A connector may be started again. */
  again: ((run: ListedRun) => ReactNode) | null;
}

/** Runs of files and of connectors. */
export function AllRunsTable({ base, place, now, runs, foot, again }: AllRunsProps) {
  const count = (key: keyof ListedRun["counts"], label: string): Column<ListedRun> => ({
    ...{ key, label, numeric: true },
    cell: (run) => formatCount(run.counts[key], place),
  });
  return (
    <Table
      caption="Runs"
      rows={runs}
      rowKey={(run) => run.id}
      href={(run) => `${base}/imports/${run.id}`}
      under={(run) => underOf(run)}
      foot={foot}
      columns={[
        { key: "what", label: "What was read", cell: (run) => run.fileName },
        {
          ...{ key: "when", label: "When", fit: "keep" },
          cell: (run) => <When run={run} place={place} now={now} />,
        },
        { key: "state", label: "State", fit: "keep", cell: (run) => <State run={run} place={place} /> },
        count("read", "Read"),
        count("created", "New"),
        count("changed", "Changed"),
        {
          ...{ key: "gone", label: "Gone", numeric: true },
          // What is no longer in a file says nothing.
          cell: ({ connector }) => (connector ? formatCount(connector.gone, place) : "–"),
        },
        count("refused", "Refused"),
        ...(again ? [{ key: "again", label: "Again", fit: "keep" as const, cell: again }] : []),
      ]}
    />
  );
}

const modes = {
  whole: "Everything",
  changes: "What changed",
  refused: "Only what was refused",
  answer: "After an answer",
} as const;

const whatOf = ({ mode, takesAway }: ConnectorRun) => (takesAway ? "Taking away what it brought" : modes[mode]);

function underOf({ connector, startedBy }: ListedRun): string {
  const what = connector ? whatOf(connector) : "A file";
  return startedBy ? `${what}, by ${startedBy}` : `${what}, by itself`;
}

function State({ run, place }: { run: ListedRun; place: Place }) {
  if (run.undone) return <Status of="cancelled">Undone</Status>;
  const waiting = run.connector?.waiting;
  if (isAtWork(run.state) && waiting) {
    return <Status of="queued">Waits until {formatTime(place, waiting.until)}</Status>;
  }
  return run.state === "running" ? (
    <Working run={run} place={place} />
  ) : (
    <Status of={statusOf(run.state)}>{stateWord(run)}</Status>
  );
}

function Working({ run, place }: { run: ListedRun; place: Place }) {
  const { done, total } = howFar(run);
  if (total === null || total < done) return <Status of="running" />;
  const label = run.connector?.takesAway ? "Taken away so far" : "Read so far";
  return (
    <>
      <Status of="running">{`${formatCount(done, place)} of ${formatCount(total, place)}`}</Status>
      <progress className="progress" aria-label={label} max={total} value={done} />
    </>
  );
}

/** And how long it took, under it. */
function When({ run, place, now }: { run: ListedRun } & Pick<AllRunsProps, "place" | "now">) {
  const at = run.startedAt ?? run.createdAt;
  const took = tookText(run, now);
  return (
    <>
      <Time at={at}>{formatInstant(place, at)}</Time>
      {took ? <span className="under">{took}</span> : null}
    </>
  );
}

function tookText({ startedAt, finishedAt, state }: ListedRun, now: string): string | null {
  if (startedAt === null) return null;
  if (finishedAt === null)
    return isAtWork(state) ? `${formatDuration(millisecondsBetween(startedAt, now))} so far` : null;
  return `took ${formatDuration(millisecondsBetween(startedAt, finishedAt))}`;
}
