import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { recordStandings } from "~/features/connectors/zones/source-words";
import { kindOfRaw, namesOfRaw } from "~/features/connectors/zones/raw-names.server";
import { providersOf } from "~/features/connectors/registry.server";
import { streamsOf } from "~/features/connectors/streams-of";
import { listRaw, type RawFilters, type RawRow } from "~/features/pipeline/zones/list-raw.server";
import { requireScope } from "~/http/scope.server";
import { type Place } from "~/platform/time";
import { outcomeNames } from "~/routes/data/outcome-names";
import { queryOf, textIn } from "~/routes/data/query";
import { NextPage } from "~/routes/data/next-page";
import { When } from "~/routes/data/when";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Raw · Data · ${data.accountName}` : "Raw" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const params = new URL(args.request.url).searchParams;
  const filters: RawFilters = {
    ...{ connectorId: textIn(params, "connector"), stream: textIn(params, "stream") },
    ...{ runId: textIn(params, "run"), remoteId: textIn(params, "q") },
  };
  const sources = await listSources(scope);
  const providers = providersOf(args.context.env.providers);
  const streamsIn = (source: (typeof sources)[number]) => {
    const provider = providers.get(source.provider);
    return provider ? streamsOf(provider, source) : [];
  };
  const known = {
    connectorIds: sources.map(({ id }) => id),
    streams: [...new Set(sources.flatMap(streamsIn).map(({ id }) => id))],
  };
  const page = await listRaw(scope, filters, { after: textIn(params, "after"), known });
  const ids = page.rows.flatMap(({ id }) => id ?? []);
  const names = await namesOfRaw(scope, ids, providers);
  const chosen = sources.find(({ id }) => id === filters.connectorId);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    filters,
    sources: sources.map(({ id, name }) => ({ value: id, label: name })),
    streams: (chosen ? streamsIn(chosen) : []).map(({ id, noun }) => ({ value: id, label: noun.many })),
    page: {
      after: page.after,
      rows: page.rows.map(({ provider, streams, ...row }) => ({
        ...{ ...row, name: names.get(row.id ?? "") ?? null },
        kind: kindOfRaw({ provider, streams, stream: row.stream }, providers),
      })),
    },
  };
}

export default function RawZone() {
  const { base, filters, page } = useLoaderData<typeof loader>();
  const query = { connector: filters.connectorId, stream: filters.stream, run: filters.runId, q: filters.remoteId };
  return (
    <>
      <PageHead
        title="Raw"
        line="Records as they were received, before anything was done with them. Only administrators see them."
        back={{ href: `${base}/data`, label: "Data" }}
      />
      <Filters />
      {page.rows.length === 0 ? (
        <Empty actions={<ButtonLink href={`${base}/data/raw`}>All of them</ButtonLink>}>
          {filters.remoteId === null
            ? "No record is stored here."
            : `No record is called “${filters.remoteId}” at its source. Write its whole name, as the source has it.`}
        </Empty>
      ) : (
        <Rows nextHref={page.after === null ? null : `${base}/data/raw${queryOf({ ...query, after: page.after })}`} />
      )}
    </>
  );
}

function Filters() {
  const { base, filters, sources, streams } = useLoaderData<typeof loader>();
  const action = `${base}/data/raw`;
  const isNarrowed = Object.values(filters).some((value) => value !== null);
  const chips = filters.runId === null ? [] : [{ label: "Of one run", removeHref: action }];
  return (
    <FilterBar action={action} clearHref={isNarrowed ? action : undefined} chips={chips}>
      <FilterSearch name="q" label="Its id at the source" value={filters.remoteId ?? ""} />
      {sources.length > 0 ? (
        <FilterSelect
          name="connector"
          label="Connector"
          any="Any source"
          value={filters.connectorId ?? ""}
          options={sources}
        />
      ) : null}
      {streams.length > 1 ? (
        <FilterSelect name="stream" label="What it is" any="All" value={filters.stream ?? ""} options={streams} />
      ) : null}
    </FilterBar>
  );
}

function Rows({ nextHref }: { nextHref: string | null }) {
  const { base, page, place, now } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="Raw records"
      rows={page.rows}
      rowKey={({ id, stream, remoteId }) => id ?? `${stream}/${remoteId}`}
      href={({ id }) => (id === null ? undefined : `${base}/data/raw/${id}`)}
      under={({ name, ...row }) => (name === null ? null : calledThere(row))}
      columns={columnsOf({ base, place, now })}
      foot={<NextPage href={nextHref} />}
    />
  );
}

/** As its source knows it. */
const calledThere = ({ remoteId, position }: Pick<RawRow, "remoteId" | "position">) => remoteId ?? `line ${position}`;

type NamedRow = Omit<RawRow, "provider" | "streams"> & { kind: string | null; name: string | null };

function columnsOf({ base, place, now }: { base: string; place: Place; now: string }): Column<NamedRow>[] {
  return [
    { key: "record", label: "Record", cell: (row) => row.name ?? calledThere(row) },
    { key: "from", label: "From", cell: ({ from }) => from },
    { key: "stream", label: "What it is", cell: ({ kind }) => kind ?? "" },
    {
      key: "outcome",
      label: "What came of it",
      cell: ({ outcome, state }) => (state ? recordStandings[state] : outcome ? outcomeNames[outcome] : ""),
    },
    {
      key: "at",
      label: "Received",
      fit: "keep",
      cell: ({ at, runId }) =>
        at === null ? (
          ""
        ) : (
          <a href={`${base}/imports/${runId}`}>
            <When at={at} place={place} now={now} />
          </a>
        ),
    },
  ];
}
