import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { gapsFacts } from "~/routes/reconciliations/results/gaps-facts.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";
import { IntervalBar } from "~/ui/chart";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Why orders are missing · ${data.name} · ${data.accountName}` : "Why orders are missing" },
];

export async function loader(args: LoaderFunctionArgs) {
  return gapsFacts(await requireDone(args));
}

export default function GapsPage() {
  const { name, days, here, ofRun, tabs } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Why orders are missing"
        line={`${name}, ${days}.`}
        back={{ href: `${here}${ofRun}`, label: name }}
      />
      <Tabs label="Result" tabs={tabs} />
      <Columns
        side={
          <>
            <Band />
            <Estimate />
          </>
        }
      >
        <Reasons />
        <Others />
      </Columns>
    </>
  );
}

function Reasons() {
  const { gaps, missing } = useLoaderData<typeof loader>();
  if (gaps.length === 0) return <Panel title="Reasons">None is missing.</Panel>;
  return (
    <Panel
      title="Reasons"
      line="Each missing order has exactly one, the most certain first; most orders first, then most money."
    >
      <Table
        bare
        caption="Reasons"
        rows={gaps}
        rowKey={({ key }) => key}
        href={({ href }) => href}
        under={({ meaning }) => meaning}
        columns={[
          { key: "title", label: "Reason", cell: ({ title }) => title },
          { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
          { key: "share", label: "Of the missing", numeric: true, cell: ({ share }) => share },
          { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
        ]}
        total={["All", missing.orders, "", missing.amount]}
      />
    </Panel>
  );
}

function Band() {
  const { band, bandFacts } = useLoaderData<typeof loader>();
  return (
    <Panel title="Is it usual?">
      {band ? (
        <>
          <p>
            <Status of={bandFacts ? (band.isUnusual ? "attention" : "done") : "pending"}>
              {bandFacts ? (band.isUnusual ? "Not as usual" : "As usual") : "Not known yet"}
            </Status>
          </p>
          <p className="my-2">{band.text}</p>
          {bandFacts ? (
            <>
              <IntervalBar {...bandFacts.bar} />
              <Facts facts={bandFacts.facts} />
            </>
          ) : null}
        </>
      ) : (
        <p>No day is settled yet: purchases of all of them may still come.</p>
      )}
    </Panel>
  );
}

function Estimate() {
  const { unseen } = useLoaderData<typeof loader>();
  return (
    <Panel title="Consent and blockers: an estimate">
      {unseen ? (
        <>
          <p>
            <b>{unseen.share}</b> of the orders that nothing else explains ({unseen.counts}) were never seen.
          </p>
          <p className="small quiet mt-2">
            Between {unseen.interval}, 19 times of 20. That is what consent banners and blockers usually take. It is a
            share of all, and is said of no single order.
          </p>
        </>
      ) : (
        <p>Nothing is left to estimate it from.</p>
      )}
    </Panel>
  );
}

function Others() {
  const { others } = useLoaderData<typeof loader>();
  if (others.length === 0) return null;
  return (
    <Panel
      title="What else does not agree"
      line="The other places in which orders and purchases lie, with their reasons."
    >
      <Table
        bare
        caption="What else does not agree"
        rows={others}
        rowKey={({ key }) => key}
        href={({ href }) => href}
        under={({ meaning }) => meaning}
        columns={[
          { key: "name", label: "Where, and why", cell: ({ name }) => name },
          { key: "count", label: "Number", numeric: true, cell: ({ count }) => count },
          { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
        ]}
      />
    </Panel>
  );
}
