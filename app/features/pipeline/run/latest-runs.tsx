import { type RunState } from "~/features/pipeline/run/run";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

export interface LatestRun {
  id: string;
  fileName: string;
  state: RunState;
  by: string | null;
  isUndone: boolean;
  /** "Started" or "Uploaded", and when: the instant, and as it is shown. */
  verb: string;
  when: { at: string; text: string; ago: string };
}

/** A few imports, the newest first. `base` is the account's address. */
export function LatestRuns({ base, runs }: { base: string; runs: LatestRun[] }) {
  return (
    <Table
      caption="The latest imports"
      columns={[
        { key: "file", label: "File", cell: (run) => run.fileName },
        { key: "state", label: "State", cell: (run) => <RunStatus {...run} /> },
        {
          key: "when",
          label: "When",
          cell: ({ verb, when }) => (
            <>
              {verb}{" "}
              <Time at={when.at} title={when.ago}>
                {when.text}
              </Time>
            </>
          ),
        },
      ]}
      rows={runs}
      rowKey={(run) => run.id}
      href={(run) => `${base}/imports/${run.id}`}
      under={(run) => run.by ?? undefined}
      bare
    />
  );
}

function RunStatus({ state, isUndone }: Pick<LatestRun, "state" | "isUndone">) {
  if (isUndone) return <Status of="cancelled">Undone</Status>;
  return state === "draft" ? <Status of="pending">Not started</Status> : <Status of={state} />;
}
