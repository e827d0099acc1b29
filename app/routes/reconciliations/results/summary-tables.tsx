import { type Summary } from "~/routes/reconciliations/results/summary-view";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

type BucketLine = Summary["buckets"]["orders"][number];

const bucketColumns: Column<BucketLine>[] = [
  { key: "name", label: "Where", cell: ({ name }) => name },
  { key: "count", label: "Number", numeric: true, cell: ({ count }) => count },
  { key: "amount", label: "Amount", numeric: true, cell: ({ amount }) => amount },
];

/** Where everything lies, on both sides. */
export function Buckets({ summary: { buckets } }: { summary: Pick<Summary, "buckets"> }) {
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
    <div className="grid gap-x-4 lg:grid-cols-2">
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

type BreakdownLine = Summary["breakdown"]["lines"][number];

/** By one trait, so that it adds up. */
export function Breakdown({ summary: { breakdown } }: { summary: Pick<Summary, "breakdown"> }) {
  const { head, tabs, lines, total, isByMonth, isEverUnclear, isEverUnexpected } = breakdown;
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
    { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
    ...(isEverUnclear
      ? [{ key: "unclear", label: "Unclear", numeric: true, cell: ({ unclear }: BreakdownLine) => unclear }]
      : []),
    ...(isEverUnexpected
      ? [
          {
            key: "unexpected",
            label: "Without order",
            numeric: true,
            cell: ({ unexpected }: BreakdownLine) => unexpected,
          },
        ]
      : []),
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
