import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { NextPage } from "~/routes/data/next-page";
import { findingsFacts, whereTo } from "~/routes/reconciliations/results/findings-facts.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterDate, FilterSelect, FilterText } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Findings · ${data.name} · ${data.accountName}` : "Findings" },
];

export async function loader(args: LoaderFunctionArgs) {
  const result = await requireDone(args);
  const called = await whereTo(result);
  if (called?.only) throw redirect(called.only);
  const facts = { ...(await findingsFacts(result)), called };
  return Object.keys(facts.problems).length > 0 ? data(facts, { status: 422 }) : data(facts);
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
type Line = Data["lines"][number];

export default function Findings() {
  const { name, days, here, ofRun, tabs, sides, words, problems, called } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Findings of ${name}`}
        line={`${days}. All that is not plainly matched, each in exactly one place.`}
        back={{ href: `${here}${ofRun}`, label: name }}
        actions={<Files />}
      />
      <Tabs label="Result" tabs={tabs} />
      {called ? <CalledSo called={called} /> : null}
      <h2 className="mb-1">Orders of the shop</h2>
      <Tabs label="Orders of the shop" tabs={sides.orders} />
      <h2 className="mb-1">Purchases that were tracked</h2>
      <Tabs label="Purchases that were tracked" tabs={sides.rows} />
      <p className="quiet mb-3">
        <b>{words.name}:</b> {words.meaning}
      </p>
      {Object.values(problems).map((problem) => (
        <Banner key={problem} tone="bad">
          {problem}
        </Banner>
      ))}
      <Filters />
      <List />
    </>
  );
}

function Files() {
  const { here, fileQuery } = useLoaderData<typeof loader>();
  return ["csv", "xlsx", "json"].map((ending) => (
    <ButtonLink key={ending} href={`${here}/findings/findings.${ending}${fileQuery}`}>
      {ending.toUpperCase()}
      <span className="sr-only"> of these findings</span>
    </ButtonLink>
  ));
}

function CalledSo({ called: { typed, found } }: { called: NonNullable<Data["called"]> }) {
  if (found.length === 0) {
    return <Banner tone="warn">No order and no purchase compared here goes by {typed ? `“${typed}”` : "that"}.</Banner>;
  }
  return (
    <div className="panel">
      <p>Several go by “{typed}”:</p>
      <ul>
        {found.map(({ key, name, at, href }) => (
          <li key={key}>
            <a href={href}>{name}</a>, {at}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Filters() {
  const { findingsHref, filter, options, kept, isNarrowed, clearHref, called } = useLoaderData<typeof loader>();
  const select = (name: "method" | "channel" | "currency" | "why", label: string, any: string) =>
    options[name].length > (name === "currency" ? 1 : 0) || filter[name] !== null ? (
      <FilterSelect
        name={name}
        label={label}
        any={any}
        shown
        value={filter[name] === "" ? "(none)" : (filter[name] ?? "")}
        options={options[name]}
      />
    ) : null;
  return (
    <FilterBar action={findingsHref} hidden={kept} clearHref={isNarrowed ? clearHref : undefined} foldLabel="Narrow">
      <FilterDate name="from" label="From" value={filter.from ?? ""} />
      <FilterDate name="until" label="Until" value={filter.until ?? ""} />
      {select("method", "Payment method", "Any method")}
      {select("channel", "Channel", "Any channel")}
      {select("currency", "Currency", "Any currency")}
      {select("why", "Why", "Any reason")}
      <FilterText name="id" label="Number or id" value={called?.typed ?? ""} />
    </FilterBar>
  );
}

function columnsOf({ filter, sorts }: Data): Column<Line>[] {
  const isOrder = filter.side === "order";
  const isTracked = filter.bucket.endsWith("mismatch") || filter.bucket === "matched";
  const flags: Column<Line> = { key: "flags", label: "Also", cell: ({ flags }) => flags.join(", ") };
  const when: Column<Line> = { key: "when", label: "When", fit: "keep", sort: sorts.day, cell: (line) => line.when };
  const amount = (label: string): Column<Line> => ({
    ...{ key: "amount", label, numeric: true, sort: sorts.amount, cell: (line) => line.amount },
  });
  if (!isOrder) {
    return [
      { key: "name", label: "Tracked as", cell: ({ name }) => name },
      when,
      amount("Value"),
      { key: "order", label: "Order", cell: ({ order }) => (order ? <a href={order.href}>{order.name}</a> : "") },
      flags,
    ];
  }
  return [
    { key: "name", label: "Order", cell: ({ name }) => name },
    when,
    { key: "method", label: "Payment method", sort: sorts.method, cell: ({ method }) => method },
    { key: "channel", label: "Channel", cell: ({ channel }) => channel },
    amount("Amount"),
    ...(isTracked
      ? [
          { key: "tracked", label: "Tracked", numeric: true, cell: ({ tracked }: Line) => tracked },
          { key: "difference", label: "Difference", numeric: true, cell: ({ difference }: Line) => difference },
        ]
      : []),
    { key: "why", label: "Why", sort: sorts.why, cell: ({ why }) => why },
    flags,
  ];
}

function List() {
  const view = useLoaderData<typeof loader>();
  const { lines, words, nextHref, lookedTo, isNarrowed, problems } = view;
  if (Object.keys(problems).length > 0) return null;
  if (lines.length === 0 && nextHref === null) {
    return <Empty>{isNarrowed ? "None is like this." : `None: ${words.meaning}`}</Empty>;
  }
  return (
    <>
      {lookedTo ? (
        <Banner tone="warn" undo={{ href: nextHref ?? "", label: "Look further" }}>
          {lines.length === 0 ? "None so far" : "Not all of them"}: it was looked as far as {lookedTo}, and there are
          more findings behind.
        </Banner>
      ) : null}
      {lines.length > 0 ? (
        <Table
          caption={words.name}
          columns={columnsOf(view)}
          rows={lines}
          rowKey={({ key }) => key}
          href={({ href }) => href ?? undefined}
          foot={<NextPage href={nextHref} />}
        />
      ) : null}
    </>
  );
}
