import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { listSuppressions } from "~/features/contacts/suppression/list-suppressions.server";
import {
  reasonNames,
  type Suppression,
  suppressedNames,
  suppressionReasons,
} from "~/features/contacts/suppression/suppression";
import {
  readSuppressionFilters,
  type SuppressionFilters,
  suppressionQuery,
} from "~/features/contacts/suppression/suppression-filters";
import { suppressedValueText } from "~/features/contacts/suppression/suppression-words";
import { requireScope } from "~/http/scope.server";
import { formatInstant, type Place } from "~/platform/time";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Suppression list · ${data.accountName}` : "Suppression list" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "suppressions.read");
  const params = new URL(args.request.url).searchParams;
  const filters = readSuppressionFilters(params);
  const before = params.get("before");
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    home: scope.account.phoneCountry,
    place: scope.place,
    may: { add: can(scope, "suppressions.add"), export: can(scope, "contacts.export") },
    filters,
    isLater: before !== null,
    page: await listSuppressions(scope, filters, { before }),
  };
}

export default function SuppressionList() {
  const { base, filters, page, isLater } = useLoaderData<typeof loader>();
  const isEmpty = page.suppressions.length === 0;
  const isNarrowed = suppressionQuery(filters) !== "";
  return (
    <>
      <PageHead
        title="Suppression list"
        line="Nothing is sent to these addresses and numbers, whoever has them. Imports obey the list, and only an administrator takes anything off it."
        back={{ href: `${base}/contacts`, label: "Contacts" }}
        actions={<Actions />}
      />
      {isEmpty && !isNarrowed && !isLater ? null : <Filters />}
      {isEmpty ? <Nothing {...{ isNarrowed }} /> : <Rows />}
    </>
  );
}

function Actions() {
  const { base, may, filters, page } = useLoaderData<typeof loader>();
  return (
    <>
      {may.export && page.suppressions.length > 0 ? (
        <form method="post" action={`${base}/suppressions/export${suppressionQuery(filters)}`}>
          <Button>Export as CSV</Button>
        </form>
      ) : null}
      {may.add ? (
        <ButtonLink tone="primary" href={`${base}/suppressions/new`}>
          Add to the list
        </ButtonLink>
      ) : null}
    </>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  const { base, filters } = useLoaderData<typeof loader>();
  if (!isNarrowed) {
    return (
      <Empty>Whoever unsubscribes, complains or asks to be forgotten will be listed here, and is not written to.</Empty>
    );
  }
  return (
    <Empty actions={<ButtonLink href={`${base}/suppressions`}>The whole list</ButtonLink>}>
      {filters.query
        ? `“${filters.query}” is not here. Only a whole email, number or address is found.`
        : "Nothing here is like that."}
    </Empty>
  );
}

function Filters() {
  const { base, filters } = useLoaderData<typeof loader>();
  const action = `${base}/suppressions`;
  return (
    <FilterBar action={action} clearHref={suppressionQuery(filters) ? action : undefined}>
      <FilterSearch name="q" label="Whole email or number" value={filters.query} />
      <FilterSelect
        name="reason"
        label="Reason"
        any="Any reason"
        value={filters.reason ?? ""}
        options={suppressionReasons.map((reason) => ({ value: reason, label: reasonNames[reason] }))}
      />
      <FilterSelect
        name="lifted"
        label="On the list or taken off"
        any="On the list"
        value={filters.lifted ? "yes" : ""}
        options={[{ value: "yes", label: "Taken off" }]}
      />
    </FilterBar>
  );
}

function Rows() {
  const { base, home, place, filters, page, isLater } = useLoaderData<typeof loader>();
  const list = `${base}/suppressions`;
  const pages = (
    <p className="flex gap-4">
      {isLater ? <a href={list + suppressionQuery(filters)}>Latest</a> : null}
      {page.older ? <a href={list + suppressionQuery(filters, page.older)}>Earlier</a> : null}
    </p>
  );
  return (
    <Table
      caption="Suppression list"
      columns={columnsOf({ home, place, filters })}
      rows={page.suppressions}
      rowKey={({ id }) => id}
      href={({ id }) => `${list}/${id}`}
      under={({ note }) => note}
      foot={isLater || page.older ? pages : undefined}
    />
  );
}

interface Shown {
  home: string;
  place: Place;
  filters: SuppressionFilters;
}

function columnsOf({ home, place, filters }: Shown): Column<Suppression>[] {
  const when = (at: string) => <Time at={at}>{formatInstant(place, at)}</Time>;
  return [
    { key: "value", label: "Email or number", cell: (entry) => suppressedValueText(entry, home) },
    { key: "channel", label: "What", onPhone: "hidden", cell: ({ channel }) => suppressedNames[channel] },
    { key: "reason", label: "Reason", cell: ({ reason }) => reasonNames[reason] },
    { key: "since", label: "Since", fit: "keep", cell: ({ notedAt }) => when(notedAt) },
    { key: "by", label: "Noted by", cell: ({ notedBy }) => notedBy ?? "Tallybook" },
    ...(filters.lifted
      ? [
          {
            key: "lifted",
            label: "Taken off",
            cell: ({ lifted }: Suppression) =>
              lifted ? (
                <>
                  {when(lifted.at)}
                  <span className="quiet">, {lifted.by ?? "Tallybook"}</span>
                </>
              ) : null,
          },
        ]
      : []),
  ];
}
