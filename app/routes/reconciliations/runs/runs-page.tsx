import { type RunsView } from "~/routes/reconciliations/runs/runs-facts.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FieldRow, Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";
import { TextField } from "~/ui/text-field";
import { Time } from "~/ui/time";

type Line = RunsView["lines"][number];

interface RunsPageProps {
  view: RunsView;
  refused: {
    sent: { firstDay: string; lastDay: string };
    errors: Partial<Record<"" | "firstDay" | "lastDay", string>>;
  } | null;
}

export function RunsPage({ view, refused }: RunsPageProps) {
  const { base, name, lines, lacks, mayWrite, isWorking } = view;
  return (
    <>
      <PageHead
        title={name}
        line="Each time its days were compared, the newest first."
        back={{ href: base.replace(/\/[^/]+$/, ""), label: "Reconciliations" }}
        actions={mayWrite ? <Changes base={base} /> : null}
      />
      <Tabs label="Result" tabs={view.tabs} />
      {lacks ? <Banner tone="warn">{lacks}</Banner> : null}
      {mayWrite && (!isWorking || refused) ? <CompareNow view={view} refused={refused} /> : null}
      {isWorking ? <Refreshing base={base} on={view.refreshes} /> : null}
      {lines.length === 0 ? (
        <Empty>Each comparison will be listed here, with what was read and how much of it was found.</Empty>
      ) : (
        <Table
          caption="Comparisons"
          rows={lines}
          rowKey={({ id }) => id}
          href={({ id }) => `${base}/runs/${id}`}
          under={({ by }) => by}
          columns={columns}
          foot={view.next ? <Older base={base} query={view.next} /> : undefined}
        />
      )}
    </>
  );
}

function Changes({ base }: { base: string }) {
  return (
    <>
      <ButtonLink tone="danger" href={`${base}/deletion`}>
        Delete …
      </ButtonLink>
      <ButtonLink href={`${base}/sources`}>Settings</ButtonLink>
    </>
  );
}

function CompareNow({ view: { firstDay, lastDay }, refused }: RunsPageProps) {
  const sent = refused?.sent ?? { firstDay, lastDay };
  const errors = refused?.errors ?? {};
  const field = (name: "firstDay" | "lastDay") => ({
    ...{ name, value: sent[name] },
    ...(errors[name] ? { errors: [errors[name]] } : {}),
  });
  const fields = [field("firstDay"), field("lastDay")] as const;
  return (
    <Panel title="Compare now">
      <Form fields={[...fields]} errors={errors[""] ? [errors[""]] : []}>
        <FieldRow>
          <TextField field={fields[0]} label="First day" type="date" look="short" />
          <TextField field={fields[1]} label="Last day" type="date" look="short" />
        </FieldRow>
        <FormActions>
          <Button tone="primary">Compare now</Button>
        </FormActions>
      </Form>
    </Panel>
  );
}

function Refreshing({ base, on }: { base: string; on: boolean }) {
  return (
    <p className="quiet small mb-3">
      {on ? (
        <>
          This page shows every few seconds how far it is. <a href="?refresh=off">Stop refreshing</a>
        </>
      ) : (
        <a href={`${base}/runs`}>Refresh again</a>
      )}
    </p>
  );
}

function Older({ base, query }: { base: string; query: string }) {
  return (
    <div className="foot">
      <span />
      <nav aria-label="Pages">
        <a href={`${base}/runs${query}`}>Older →</a>
      </nav>
    </div>
  );
}

const columns: Column<Line>[] = [
  {
    ...{ key: "when", label: "When", fit: "keep" },
    cell: ({ at, when }) => <Time at={at}>{when}</Time>,
  },
  {
    ...{ key: "state", label: "State", fit: "keep" },
    cell: ({ state, word, took }) => (
      <>
        <Status of={state}>{word}</Status>
        {took ? <span className="under">{took}</span> : null}
      </>
    ),
  },
  { key: "days", label: "Days", cell: ({ days }) => days },
  { key: "orders", label: "Orders", cell: ({ orders }) => orders, numeric: true },
  { key: "rows", label: "Tracked", cell: ({ rows }) => rows, numeric: true },
  { key: "findings", label: "Findings", cell: ({ findings }) => findings, numeric: true },
  { key: "capture", label: "Found", cell: ({ capture }) => capture, numeric: true },
];
