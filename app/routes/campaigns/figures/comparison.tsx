import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { channelNames, channels } from "~/features/campaigns/campaign";
import { readComparison } from "~/features/campaigns/figures/comparison";
import { requireScope } from "~/http/scope.server";
import { comparisonFacts } from "~/routes/campaigns/figures/comparison-facts.server";
import { IntervalBar } from "~/ui/chart";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterDate, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Campaigns compared · ${data.accountName}` : "Campaigns compared" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const view = readComparison(new URL(args.request.url).searchParams);
  return { accountName: scope.account.name, ...(await comparisonFacts(scope, view)) };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CampaignsCompared() {
  const { base, campaigns, isFiltered, count, limit } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Campaigns compared"
        line={`${count} that have begun${limit ? `, of the latest ${limit}` : ""}. Shares are of those reached.`}
        back={{ href: base, label: "Campaigns" }}
      />
      {campaigns.length > 0 || isFiltered ? <Filters /> : null}
      {campaigns.length === 0 ? (
        <Empty>
          {isFiltered ? "No campaign is like this." : "As soon as a campaign has begun, it can be compared here."}
        </Empty>
      ) : (
        <>
          <Campaigns />
          <Channels />
        </>
      )}
    </>
  );
}

function Filters() {
  const { here, filters, topics, kept, isFiltered } = useLoaderData<typeof loader>();
  return (
    <FilterBar action={here} hidden={kept} clearHref={isFiltered ? here : undefined} foldLabel="Narrow">
      <FilterSelect
        name="channel"
        label="Channel"
        any="Any channel"
        shown
        value={filters.channel ?? ""}
        options={channels.map((value) => ({ value, label: channelNames[value] }))}
      />
      <FilterSelect
        name="topic"
        label="Topic"
        any="Any topic"
        shown
        value={filters.topic ?? ""}
        options={topics.map((value) => ({ value, label: value }))}
      />
      <FilterDate name="from" label="Began from" value={filters.from ?? ""} />
      <FilterDate name="until" label="Until" value={filters.until ?? ""} />
    </FilterBar>
  );
}

function Files({ table, what }: { table: string; what: string }) {
  const { here, query } = useLoaderData<typeof loader>();
  return (
    <>
      {["csv", "xlsx"].map((ending) => (
        <ButtonLink key={ending} small href={`${here}/${table}.${ending}${query}`}>
          {ending.toUpperCase()}
          <span className="sr-only"> of {what}</span>
        </ButtonLink>
      ))}
    </>
  );
}

type Line = Data["campaigns"][number];

const heads: (Omit<Column<Line>, "cell"> & { key: keyof Data["sorts"] & string })[] = [
  { key: "name", label: "Campaign" },
  { key: "began", label: "Began", fit: "keep" },
  { key: "listed", label: "On the list", numeric: true },
  { key: "reached", label: "Reached", numeric: true },
  { key: "responded", label: "Responded", numeric: true },
  { key: "converted", label: "Converted", numeric: true },
  { key: "cost", label: "Cost of a response", numeric: true },
  { key: "return", label: "Return on cost", numeric: true },
];

function Campaigns() {
  const { campaigns, sorts, most, kept } = useLoaderData<typeof loader>();
  const cells: Record<string, Column<Line>["cell"]> = {
    name: ({ name }) => name,
    began: ({ began }) => began,
    listed: ({ listed }) => listed,
    reached: ({ reached }) => reached,
    responded: ({ responded, interval }) => (
      <>
        {responded}
        {interval ? <IntervalBar {...interval} most={most} /> : null}
      </>
    ),
    converted: ({ converted }) => converted,
    cost: ({ cost }) => cost,
    return: ({ back }) => back,
  };
  const columns = heads.map((head) => ({ ...head, cell: cells[head.key] ?? (() => ""), sort: sorts[head.key] }));
  return (
    <section aria-label="By campaign">
      <Table
        caption="Campaigns compared"
        columns={columns}
        rows={campaigns}
        rowKey={({ id }) => id}
        href={({ href }) => href}
        under={({ about }) => about}
      />
      {kept.sort === "responded" || kept.sort === "converted" ? (
        <p className="small quiet">
          In the order of the lower end of the share: three of four do not come before four hundred of a thousand.
        </p>
      ) : null}
      <p className="flex gap-2 my-4">
        <Files table="campaigns" what="the campaigns" />
      </p>
    </section>
  );
}

const channelColumns: Column<Data["channels"][number]>[] = [
  { key: "name", label: "Channel", cell: ({ name }) => name },
  { key: "campaigns", label: "Campaigns", numeric: true, cell: ({ campaigns }) => campaigns },
  { key: "reached", label: "Reached", numeric: true, cell: ({ reached }) => reached },
  { key: "responded", label: "Responded", numeric: true, cell: ({ responded }) => responded },
  { key: "converted", label: "Converted", numeric: true, cell: ({ converted }) => converted },
  { key: "cost", label: "Cost", numeric: true, cell: ({ cost }) => cost },
  { key: "value", label: "Value", numeric: true, cell: ({ value }) => value },
  { key: "back", label: "Return on cost", numeric: true, cell: ({ back }) => back },
];

function Channels() {
  const { channels } = useLoaderData<typeof loader>();
  return (
    <Panel
      title="By channel"
      line="Of the campaigns above. The return is of those whose cost is given; currencies are never added up."
      actions={<Files table="channels" what="the channels" />}
    >
      <Table
        caption="Channels compared"
        columns={channelColumns}
        rows={channels}
        rowKey={({ channel }) => channel}
        bare
      />
    </Panel>
  );
}
