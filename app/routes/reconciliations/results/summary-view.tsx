import { type SerializeFrom } from "@remix-run/node";
import { type ReactNode } from "react";
import { type summaryFacts } from "~/routes/reconciliations/results/summary-facts.server";
import { Banner } from "~/ui/banner";
import { Facts } from "~/ui/facts";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

type Facts_ = ReturnType<typeof summaryFacts>;
type Of<Key extends keyof Facts_> = { summary: Pick<SerializeFrom<Facts_>, Key> };

interface SummaryViewProps {
  summary: SerializeFrom<Facts_>;
  listHref: string;
  compare: ReactNode;
  working: ReactNode;
}

/** How well the two sides agree, and what the difference is made of. */
export function SummaryView({ summary, listHref, compare, working }: SummaryViewProps) {
  const { name, here, days, orders, missing, tabs, isLatest, unusual, figures } = summary;
  return (
    <>
      <PageHead
        title={name}
        line={
          <>
            {days}, {orders} that could have been tracked.{" "}
            {missing ? <Status of="attention">{missing}</Status> : <Status of="done">none missing</Status>}
          </>
        }
        back={{ href: listHref, label: "Reconciliation" }}
        actions={compare}
      />
      {working}
      {isLatest ? null : (
        <Banner tone="warn" undo={{ href: here, label: "Show the latest" }}>
          This is an earlier comparison.
        </Banner>
      )}
      {unusual ? <Banner tone="warn">{unusual}</Banner> : null}
      <Tabs label="Result" tabs={tabs} />
      <Figures figures={figures} />
      <Columns side={<Bridges summary={summary} />}>
        <WhyMissing summary={summary} />
        <Rates summary={summary} />
      </Columns>
      <Buckets summary={summary} />
      <Breakdown summary={summary} />
      <Panel title="What was compared">
        <Facts facts={summary.compared} />
      </Panel>
    </>
  );
}

function WhyMissing({ summary: { gaps, here, ofRun } }: Of<"gaps" | "here" | "ofRun">) {
  if (gaps.length === 0) return <Panel title="Why orders are missing">None is missing.</Panel>;
  return (
    <Panel title="Why orders are missing" actions={<a href={`${here}/gaps${ofRun}`}>More about it</a>}>
      <Table
        bare
        caption="Why orders are missing"
        rows={gaps}
        rowKey={({ key }) => key}
        href={({ href }) => href}
        columns={[
          { key: "title", label: "Reason", cell: ({ title }) => title },
          { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
          { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
        ]}
      />
    </Panel>
  );
}

function Bridges({ summary: { bridges } }: Of<"bridges">) {
  return bridges.map(({ currency, shop, steps, analytics, remainder, closes }) => (
    <Panel key={currency} title={`From one total to the other${bridges.length > 1 ? `, ${currency}` : ""}`}>
      <Table
        bare
        caption={`From one total to the other, ${currency}`}
        rows={[{ step: "shop", label: "Shop, all that take part", amount: shop }, ...steps]}
        rowKey={({ step }) => step}
        columns={[
          { key: "label", label: "Step", cell: ({ label }) => label },
          { key: "amount", label: "Amount", numeric: true, fit: "keep", cell: ({ amount }) => amount },
        ]}
        total={["Analytics", analytics]}
      />
      <p className="small quiet mt-3">
        Unexplained: <Status of={closes ? "done" : "failed"}>{remainder}</Status>
      </p>
    </Panel>
  ));
}

function Rates({ summary: { rates } }: Of<"rates">) {
  return (
    <Panel title="Rates" line="A rate of which there is nothing to take it of is a dash, never all.">
      <Facts facts={rates.counts.map(({ label, value, how }) => ({ label, value, source: how }))} />
      <h3 className="mt-4">By value</h3>
      <Table
        bare
        caption="Rates by value"
        rows={rates.byValue}
        rowKey={({ currency }) => currency}
        columns={[
          { key: "currency", label: "Currency", cell: ({ currency }) => currency },
          { key: "capture", label: "Found", numeric: true, cell: ({ capture }) => capture },
          { key: "accuracy", label: "Right values", numeric: true, cell: ({ accuracy }) => accuracy },
          { key: "net", label: "In the analytics", numeric: true, cell: ({ net }) => net },
        ]}
      />
    </Panel>
  );
}

type BucketLine = Of<"buckets">["summary"]["buckets"]["orders"][number];

const bucketColumns: Column<BucketLine>[] = [
  { key: "name", label: "Where", cell: ({ name }) => name },
  { key: "count", label: "Number", numeric: true, cell: ({ count }) => count },
  { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
];

function Buckets({ summary: { buckets } }: Of<"buckets">) {
  const table = (caption: string, rows: BucketLine[], total: { count: string; amount: string }) => (
    <Table
      bare
      caption={caption}
      columns={bucketColumns}
      rows={rows}
      rowKey={({ key }) => key}
      href={({ href }) => href}
      under={({ meaning }) => meaning}
      total={["All", total.count, total.amount]}
    />
  );
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="Where each order lies" line="Each order in exactly one place.">
        {table("Where each order lies", buckets.orders, buckets.ordersTotal)}
        {buckets.excluded.length > 0 ? (
          <>
            <h3 className="mt-4">Left out, in no figure</h3>
            <ul>
              {buckets.excluded.map(({ key, label, count, href }) => (
                <li key={key}>
                  <a href={href}>{label}</a>: {count}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Panel>
      <Panel title="Where each purchase lies" line="Each purchase that was tracked in exactly one place.">
        {table("Where each purchase lies", buckets.rows, buckets.rowsTotal)}
      </Panel>
    </div>
  );
}

type BreakdownLine = Of<"breakdown">["summary"]["breakdown"]["lines"][number];

function Breakdown({ summary: { breakdown } }: Of<"breakdown">) {
  const { head, tabs, lines, total, isByMonth } = breakdown;
  const columns: Column<BreakdownLine>[] = [
    { key: "name", label: head, cell: ({ name }) => name },
    { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
    { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
    { key: "found", label: "Found", numeric: true, cell: ({ found }) => found },
    {
      ...{ key: "missing", label: "Missing", numeric: true },
      cell: ({ missing, href }) => (href ? <a href={href}>{missing}</a> : missing),
    },
    { key: "missingAmount", label: "Missing amount", numeric: true, cell: ({ missingAmount }) => missingAmount },
    { key: "unclear", label: "Unclear", numeric: true, cell: ({ unclear }) => unclear },
    { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
    { key: "unexpected", label: "Without an order", numeric: true, cell: ({ unexpected }) => unexpected },
  ];
  return (
    <div id="breakdown">
      <Panel
        title="What it is made of"
        line={`Each line adds up to the whole. Unclear: ambiguous, still open, or not to be checked.${isByMonth ? " By month, as there are many days." : ""}`}
      >
        <Tabs label="By what" tabs={tabs} />
        {lines.length === 0 ? (
          <p>Nothing takes part.</p>
        ) : (
          <Table
            bare
            caption={`By ${head.toLowerCase()}`}
            columns={columns}
            rows={lines}
            rowKey={({ key }) => key}
            total={total && ["All", ...columns.slice(1).map(({ key }) => total[key as keyof typeof total])]}
          />
        )}
      </Panel>
    </div>
  );
}
