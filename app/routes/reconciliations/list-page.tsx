import { type ListView } from "~/routes/reconciliations/list.server";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

type Line = ListView["lines"][number];

export function ListPage({ view }: { view: ListView }) {
  const { base, mayWrite, lines } = view;
  const begin = mayWrite ? (
    <>
      <ButtonLink href={`${base}/audit`}>Compare two files</ButtonLink>
      <ButtonLink tone="primary" href={`${base}/new`}>
        Set up a reconciliation
      </ButtonLink>
    </>
  ) : null;
  return (
    <>
      <PageHead
        title="Reconciliations"
        line="What shops have sold beside what their analytics has tracked, order by order."
        actions={lines.length > 0 ? begin : null}
      />
      {lines.length === 0 ? (
        <Empty actions={begin}>
          A reconciliation takes the orders of a shop and the purchases that its analytics tracked, from connectors or
          imported files. It says which orders are missing, why, and what they come to. Each will be listed here.
        </Empty>
      ) : (
        <Table
          caption="Reconciliations"
          rows={lines}
          rowKey={({ id }) => id}
          href={({ id, isSetUp }) => `${base}/${id}${isSetUp ? "" : "/sources"}`}
          under={({ sources }) => sources}
          columns={columns}
        />
      )}
      {mayWrite && view.deleted.length > 0 ? <Deleted base={base} deleted={view.deleted} /> : null}
    </>
  );
}

function Deleted({ base, deleted }: Pick<ListView, "base" | "deleted">) {
  return (
    <Panel title="Deleted" line="They can be brought back for 30 days, with all that they had.">
      <Table
        bare
        caption="Deleted reconciliations"
        rows={deleted}
        rowKey={({ id }) => id}
        columns={[
          { key: "name", label: "Name", cell: ({ name }) => name },
          { key: "when", label: "Deleted", cell: ({ when, by }) => (by === null ? when : `${when}, by ${by}`) },
          {
            ...{ key: "back", label: "Again", fit: "keep" },
            cell: ({ id }) => (
              <PostButton small action={`${base}/${id}/return`}>
                Bring back
              </PostButton>
            ),
          },
        ]}
      />
    </Panel>
  );
}

const columns: Column<Line>[] = [
  { key: "name", label: "Name", cell: ({ name }) => name },
  { key: "last", label: "Last comparison", cell: (line) => <LastRun line={line} /> },
  { key: "capture", label: "Found", cell: ({ capture }) => capture, numeric: true },
  { key: "gap", label: "Gap", cell: ({ gap }) => gap, numeric: true },
  { key: "days", label: "Of the days", cell: ({ days }) => days },
  {
    key: "next",
    label: "Next",
    cell: ({ until, next, isSetUp }) => until ?? next ?? (isSetUp ? "when you say so" : null),
  },
];

function LastRun({ line: { lastRun, isSetUp } }: { line: Line }) {
  if (!lastRun) return isSetUp ? <span className="quiet">never</span> : <Status of="pending">Being set up</Status>;
  return (
    <>
      <Status of={lastRun.state}>{lastRun.word}</Status>
      <span className="under">
        <Time at={lastRun.at}>{lastRun.when}</Time>
      </span>
    </>
  );
}
