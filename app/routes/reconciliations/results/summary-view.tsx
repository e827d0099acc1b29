import { type SerializeFrom } from "@remix-run/node";
import { Fragment, type ReactNode } from "react";
import { type summaryFacts } from "~/routes/reconciliations/results/summary-facts.server";
import { Breakdown, Buckets } from "~/routes/reconciliations/results/summary-tables";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

export type Summary = SerializeFrom<ReturnType<typeof summaryFacts>>;
type Of<Key extends keyof Summary> = { summary: Pick<Summary, Key> };

interface SummaryViewProps {
  summary: Summary;
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
        back={{ href: listHref, label: "Reconciliations" }}
        actions={
          <>
            <ButtonLink href={`${here}/report${summary.ofRun}`}>Report</ButtonLink>
            {compare}
          </>
        }
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
      {summary.bridge.currencies.length > 1 ? (
        <>
          <div className="grid gap-x-4 lg:grid-cols-2">
            <WhyMissing summary={summary} />
            <Rates summary={summary} />
          </div>
          <Bridge summary={summary} />
        </>
      ) : (
        <Columns side={<Bridge summary={summary} />}>
          <WhyMissing summary={summary} />
          <Rates summary={summary} />
        </Columns>
      )}
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

function Bridge({ summary: { bridge } }: Of<"bridge">) {
  const { currencies, lines, analytics, remainders } = bridge;
  return (
    <Panel title="From one total to the other">
      <Table
        bare
        caption="From one total to the other"
        rows={lines}
        rowKey={({ step }) => step}
        columns={[
          { key: "label", label: "Step", cell: ({ label }) => label },
          ...currencies.map((currency, at) => ({
            ...{ key: currency, label: currencies.length > 1 ? currency : "Amount", numeric: true },
            cell: ({ amounts }: (typeof lines)[number]) => amounts[at],
          })),
        ]}
        total={["Analytics", ...analytics]}
      />
      <p className="small quiet mt-3">
        Unexplained:{" "}
        {remainders.map(({ currency, text, closes }) => (
          <Fragment key={currency}>
            <Status of={closes ? "done" : "failed"}>{text}</Status>{" "}
          </Fragment>
        ))}
      </p>
    </Panel>
  );
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
