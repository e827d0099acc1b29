import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireDone } from "~/routes/reconciliations/results/result.server";
import { trendFacts } from "~/routes/reconciliations/results/trend-facts.server";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { StackedBars } from "~/ui/chart";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterDate, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Trend · ${data.name} · ${data.accountName}` : "Trend" },
];

export async function loader(args: LoaderFunctionArgs) {
  const facts = await trendFacts(await requireDone(args));
  return facts.problems.length > 0 ? data(facts, { status: 422 }) : data(facts);
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["lines"][number];

export default function TrendPage() {
  const { name, days, here, ofRun, tabs, problems, lines } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={`Trend of ${name}`} line={`${days}.`} back={{ href: `${here}${ofRun}`, label: name }} />
      <Tabs label="Result" tabs={tabs} />
      {problems.map((problem) => (
        <Banner key={problem} tone="bad">
          {problem}
        </Banner>
      ))}
      <Filters />
      {lines.length > 0 ? <Days /> : problems.length === 0 ? <Empty>No orders take part on these days.</Empty> : null}
      <Annotations />
      <Runs />
    </>
  );
}

function Filters() {
  const { trendHref, ofRun, kept, view, method, methods, isNarrowed } = useLoaderData<typeof loader>();
  return (
    <FilterBar
      action={trendHref}
      hidden={kept}
      clearHref={isNarrowed ? `${trendHref}${ofRun}` : undefined}
      foldLabel="Narrow"
    >
      <FilterDate name="from" label="From" value={view.from} />
      <FilterDate name="until" label="Until" value={view.until} />
      <FilterSelect name="method" label="Payment method" any="Any method" shown value={method} options={methods} />
    </FilterBar>
  );
}

const columns: Column<Line>[] = [
  { key: "day", label: "Day", fit: "keep", cell: ({ day }) => day },
  { key: "orders", label: "Orders", numeric: true, cell: ({ orders }) => orders },
  { key: "matched", label: "Matched", numeric: true, cell: ({ matched }) => matched },
  { key: "otherwise", label: "Another value", numeric: true, cell: ({ otherwise }) => otherwise },
  {
    ...{ key: "missing", label: "Missing", numeric: true },
    cell: ({ missing, href }) => (href ? <a href={href}>{missing}</a> : missing),
  },
  { key: "ambiguous", label: "Ambiguous", numeric: true, cell: ({ ambiguous }) => ambiguous },
  { key: "open", label: "Not known yet", numeric: true, cell: ({ open }) => open },
  { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
  { key: "note", label: "What happened", cell: ({ note }) => note },
];

function Days() {
  const { finding, hasBand, bars, first, last, most, mostText, lines } = useLoaderData<typeof loader>();
  return (
    <Panel
      title="Missing orders by day"
      line="The share of those of which it is known by now. Days are those of the analytics."
    >
      <StackedBars
        label={`Missing orders by day. ${finding}`}
        series={[
          { label: hasBand ? "Within what is usual" : "Missing", tone: "strong" },
          ...(hasBand ? [{ label: "Outside", tone: "warn" as const }] : []),
        ]}
        bars={bars}
        first={first}
        last={last}
        most={most}
        mostText={mostText}
        caption={finding}
      >
        <Table caption="Missing orders by day" columns={columns} rows={lines} rowKey={({ key }) => key} bare />
      </StackedBars>
    </Panel>
  );
}

function Annotations() {
  const { annotations, annotateHref, mayWrite } = useLoaderData<typeof loader>();
  return (
    <Panel
      title="What happened"
      line="So that whoever sees a gap knows of the new cookie banner."
      actions={mayWrite ? <a href={annotateHref}>Write beside a day</a> : null}
    >
      {annotations.length === 0 ? (
        <p className="quiet">Nothing is written beside any day.</p>
      ) : (
        <ul className="grid gap-2">
          {annotations.map(({ id, day, text, by, removePath }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-3">
              <b>{day}</b> <span className="wrap-anywhere">{text}</span> <span className="quiet">{by}</span>
              {mayWrite ? (
                <PostButton small tone="bare" action={removePath}>
                  Remove
                  <span className="sr-only"> “{text}”</span>
                </PostButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

type RunLine = ReturnType<typeof useLoaderData<typeof loader>>["runs"]["lines"][number];

const runColumns: Column<RunLine>[] = [
  { key: "at", label: "Compared", cell: ({ at }) => at },
  { key: "days", label: "Days", cell: ({ days }) => days },
  { key: "found", label: "Found", numeric: true, cell: ({ found }) => found },
  { key: "missing", label: "Missing", numeric: true, cell: ({ missing }) => missing },
  { key: "share", label: "Missing of known", numeric: true, cell: ({ share }) => share },
  { key: "amount", label: "Missing amount", numeric: true, cell: ({ amount }) => amount },
];

function Runs() {
  const { runs } = useLoaderData<typeof loader>();
  const { lines, bars, first, last, most, mostText } = runs;
  const finding = `What each of the latest ${lines.length === 1 ? "comparison" : "comparisons"} found missing, of the days that it was of.`;
  return (
    <Panel title="Missing orders by comparison" line="All payment methods together.">
      <StackedBars
        label={finding}
        series={[{ label: "Missing", tone: "strong" }]}
        bars={bars}
        first={first}
        last={last}
        most={most}
        mostText={mostText}
        caption={finding}
      >
        <Table
          caption="Missing orders by comparison"
          columns={runColumns}
          rows={lines}
          rowKey={({ key }) => key}
          href={({ href }) => href ?? undefined}
          bare
        />
      </StackedBars>
    </Panel>
  );
}
