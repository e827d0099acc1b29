import { stateWord, statusOf } from "~/features/pipeline/run/import-words";
import { type RunFacts } from "~/features/pipeline/run/runs.server";
import { formatInstant, type Place } from "~/platform/time";
import { formatCount } from "~/ui/pagination";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

interface RunTableProps {
  base: string;
  place: Place;
  runs: RunFacts[];
  /** Inside a panel. */
  bare?: boolean;
}

/** Runs, the newest first. */
export function RunTable({ base, place, runs, bare }: RunTableProps) {
  const count = (key: keyof RunFacts["counts"], label: string): Column<RunFacts> => ({
    key,
    label,
    numeric: true,
    // What was never started has counted nothing.
    cell: (run) => (run.state === "draft" ? null : formatCount(run.counts[key], place)),
  });
  return (
    <Table
      caption="Imports"
      bare={bare}
      rows={runs}
      rowKey={(run) => run.id}
      href={(run) => `${base}/imports/${run.id}`}
      under={(run) => run.startedBy ?? run.createdBy ?? undefined}
      columns={[
        { key: "file", label: "File", cell: (run) => run.fileName },
        {
          key: "when",
          label: "When",
          fit: "keep",
          cell: (run) => <When at={run.startedAt ?? run.createdAt} place={place} />,
        },
        {
          key: "state",
          label: "State",
          fit: "keep",
          cell: (run) =>
            run.undone ? (
              <Status of="cancelled">Undone</Status>
            ) : (
              <Status of={statusOf(run.state)}>{stateWord(run)}</Status>
            ),
        },
        count("read", "Rows"),
        count("created", "New"),
        count("changed", "Changed"),
        count("same", "The same"),
        count("refused", "Refused"),
      ]}
    />
  );
}

function When({ at, place }: { at: string; place: Place }) {
  return <Time at={at}>{formatInstant(place, at)}</Time>;
}
