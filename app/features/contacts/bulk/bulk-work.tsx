import { type BulkState } from "~/features/contacts/bulk/bulk-edit";
import { formatInstant, type Place } from "~/platform/time";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

/** Changes of many contacts on the page of what is at work. */

export interface BulkTold {
  id: string;
  title: string;
  state: BulkState;
  askedAt: string;
  changeSetId: string | null;
  total: number;
  toChange: number;
  done: number;
  changed: number;
}

interface BulkWorkProps {
  base: string;
  place: Place;
  edit: BulkTold;
  refresh: { on: boolean; href: string };
}

export function BulkProgress({ base, place, edit, refresh }: BulkWorkProps) {
  const page = `${base}/contacts/bulk/${edit.id}`;
  const isCounted = edit.state !== "collecting";
  return (
    <Panel
      title={<a href={page}>{edit.title}</a>}
      actions={
        <Status of={edit.state === "running" ? "running" : "queued"}>{isCounted ? undefined : "Counting"}</Status>
      }
    >
      <Progress
        label={edit.title}
        done={isCounted ? edit.done : edit.total}
        total={isCounted ? edit.toChange : undefined}
        noun="contacts"
        cancelAction={`${page}/cancellation`}
        refresh={refresh}
        locale={place.locale}
      />
    </Panel>
  );
}

/** Those that have ended, each with what it changed. */
export function BulkTable({ base, place, edits }: { base: string; place: Place; edits: BulkTold[] }) {
  return (
    <Table
      bare
      caption="Changes of many contacts"
      rows={edits}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/contacts/bulk/${id}`}
      columns={[
        { key: "what", label: "Change", cell: ({ title }) => title },
        {
          key: "when",
          label: "When",
          fit: "keep",
          cell: ({ askedAt }) => <Time at={askedAt}>{formatInstant(place, askedAt)}</Time>,
        },
        { key: "state", label: "State", fit: "keep", cell: ({ state }) => <Ended state={state} /> },
        { key: "changed", label: "Changed", numeric: true, cell: ({ changed }) => formatCount(changed, place) },
        {
          key: "of",
          label: "Of each",
          cell: ({ changeSetId, title }) =>
            changeSetId ? (
              <a href={`${base}/changes/${changeSetId}`}>
                What was changed<span className="sr-only">: {title}</span>
              </a>
            ) : null,
        },
      ]}
    />
  );
}

function Ended({ state }: { state: BulkState }) {
  return <Status of={state === "failed" || state === "cancelled" ? state : "done"} />;
}
