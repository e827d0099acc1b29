import { type SerializeFrom } from "@remix-run/node";
import { type Report } from "~/features/reconciliation/report/report";
import { StackedBars } from "~/ui/chart";
import { Facts } from "~/ui/facts";
import { Figures } from "~/ui/figures";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface Of {
  report: SerializeFrom<Report>;
}

/** A report, the same for whoever has an account here and for whoever has only a link. It leads nowhere. */
export function ReportView({ report }: Of) {
  const { lead, open, figures, compared } = report;
  return (
    <div className="report">
      <p className="lead">{lead}</p>
      {open ? <p className="small quiet">{open}</p> : null}
      <Figures figures={figures} />
      <Money report={report} />
      <Why report={report} />
      <Panel title="What to do">
        <ol className="grid list-decimal gap-3 pl-5">
          {report.advice.map(({ title, text }) => (
            <li key={title}>
              <b>{title}</b>
              <br />
              {text}
            </li>
          ))}
        </ol>
      </Panel>
      <Methods report={report} />
      <Bridge report={report} />
      <Trend report={report} />
      <Panel title="What was compared">
        <Facts facts={compared} />
      </Panel>
    </div>
  );
}

function Money({ report: { money, cost } }: Of) {
  return (
    <Panel title="What was sold, what was tracked, what is missing">
      <Table
        bare
        caption="What was sold, what was tracked, what is missing"
        rows={money}
        rowKey={({ currency }) => currency}
        columns={[
          { key: "currency", label: "Currency", cell: ({ currency }) => currency },
          { key: "sold", label: "Sold", numeric: true, cell: ({ sold }) => sold },
          { key: "tracked", label: "Tracked", numeric: true, cell: ({ tracked }) => tracked },
          { key: "missing", label: "Missing", numeric: true, cell: ({ missing }) => missing },
          { key: "share", label: "Found, by value", numeric: true, cell: ({ share }) => share },
        ]}
      />
      <p className="mt-3">{cost}</p>
    </Panel>
  );
}

function Why({ report: { gaps, unseen, band } }: Of) {
  return (
    <Panel title="Why orders are missing">
      {gaps.length === 0 ? (
        <p>None is missing.</p>
      ) : (
        <Table
          bare
          caption="Why orders are missing"
          rows={gaps}
          rowKey={({ key }) => key}
          under={({ meaning }) => meaning}
          columns={[
            { key: "title", label: "Reason", cell: ({ title }) => title },
            { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
            { key: "share", label: "Of the missing", numeric: true, cell: ({ share }) => share },
            { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
          ]}
        />
      )}
      {unseen ? <p className="small quiet mt-3">{unseen}</p> : null}
      {band ? <p className="small quiet mt-3">{band.text}</p> : null}
    </Panel>
  );
}

function Methods({ report: { methods } }: Of) {
  if (methods.length === 0) return null;
  return (
    <Panel title="By payment method">
      <Table
        bare
        caption="By payment method"
        rows={methods}
        rowKey={({ key }) => key}
        columns={[
          { key: "name", label: "Payment method", cell: ({ name }) => name },
          { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
          { key: "missing", label: "Missing", numeric: true, cell: ({ missing }) => missing },
          { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
          { key: "amount", label: "Missing amount", numeric: true, cell: ({ amount }) => amount },
        ]}
      />
    </Panel>
  );
}

function Bridge({ report: { bridge } }: Of) {
  const { currencies, lines, analytics } = bridge;
  return (
    <Panel title="From what was sold to what was tracked" line="Step by step, to the last cent.">
      <Table
        bare
        caption="From what was sold to what was tracked"
        rows={lines}
        rowKey={({ step }) => step}
        columns={[
          { key: "label", label: "Step", cell: ({ label }) => label },
          ...currencies.map((currency, at) => ({
            ...{ key: currency, label: currency, numeric: true },
            cell: ({ amounts }: (typeof lines)[number]) => amounts[at],
          })),
        ]}
        total={["Analytics", ...analytics]}
      />
    </Panel>
  );
}

function Trend({ report: { trend } }: Of) {
  const { lines, step, finding, first, last, most } = trend;
  if (lines.length === 0) return null;
  const title = `Missing orders by ${step.toLowerCase()}`;
  return (
    <Panel title={title}>
      <StackedBars
        label={`${title}. ${finding}`}
        series={[{ label: "Missing", tone: "strong" }]}
        bars={lines.map(({ key, name, count, missing, orders }) => ({
          ...{ key, values: [count], title: `${name}: ${missing} of ${orders} missing` },
        }))}
        {...{ first, last, most, mostText: String(most), caption: finding }}
      >
        <Table
          caption={title}
          rows={lines}
          rowKey={({ key }) => key}
          columns={[
            { key: "name", label: step, fit: "keep", cell: ({ name }) => name },
            { key: "orders", label: "Known", numeric: true, cell: ({ orders }) => orders },
            { key: "missing", label: "Missing", numeric: true, cell: ({ missing }) => missing },
            { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
          ]}
          bare
        />
      </StackedBars>
    </Panel>
  );
}
