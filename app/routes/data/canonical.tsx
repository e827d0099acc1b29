import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type CanonicalRow, findCalled, listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { requireScope } from "~/http/scope.server";
import { NextPage } from "~/routes/data/next-page";
import { queryOf, textIn } from "~/routes/data/query";
import { When } from "~/routes/data/when";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Canonical · Data · ${data.accountName}` : "Canonical" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const params = new URL(args.request.url).searchParams;
  const filters = { runId: textIn(params, "run"), contactId: textIn(params, "contact") };
  const words = textIn(params, "q");
  const found = words === null ? null : await findCalled(scope, words);
  const narrowed = { ...filters, contactIds: found?.ids ?? null };
  const [page, fields] = await Promise.all([
    listCanonical(scope, narrowed, textIn(params, "after")),
    customFields(scope),
  ]);
  const rows = page.rows.map(({ fields: said, ...row }) => ({
    ...row,
    said: said.map((field) => nameOfField(field, fields)).join(", "),
  }));
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    ...{ filters, words, more: found?.isMore ? found.ids.length : null, rows, after: page.after },
  };
}

export default function CanonicalZone() {
  const { base, rows, more } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Canonical"
        line="What each source says of a contact: mapped, checked and in one spelling. A contact is made of its records here."
        back={{ href: `${base}/data`, label: "Data" }}
      />
      <Filters />
      {more === null ? null : (
        <p className="quiet mb-3">
          More than {more} contacts fit, and these are of some of them. Write more, to find fewer.
        </p>
      )}
      {rows.length === 0 ? <Nothing /> : <Rows />}
    </>
  );
}

function Filters() {
  const { base, filters, words } = useLoaderData<typeof loader>();
  const { runId: run, contactId: contact } = filters;
  const here = `${base}/data/canonical`;
  const chips = [
    ...(run === null ? [] : [{ label: "Of one run", removeHref: here }]),
    ...(contact === null ? [] : [{ label: "Of one contact", removeHref: here }]),
  ];
  const hidden = { ...(run ? { run } : {}), ...(contact ? { contact } : {}) };
  return (
    <FilterBar action={here} chips={chips} hidden={hidden} clearHref={words === null ? undefined : here}>
      <FilterSearch name="q" label="Of which contact" value={words ?? ""} />
    </FilterBar>
  );
}

function Nothing() {
  const { base, filters, words } = useLoaderData<typeof loader>();
  const isNarrowed = words !== null || Object.values(filters).some((value) => value !== null);
  return (
    <Empty actions={isNarrowed ? <ButtonLink href={`${base}/data/canonical`}>All of them</ButtonLink> : null}>
      {words === null ? "No record is here." : `No record here is of a contact that “${words}” finds.`}
    </Empty>
  );
}

const sourceNames: Record<CanonicalRow["source"], string> = {
  "by-hand": "by hand",
  file: "a file",
  connector: "a connector",
};

function standingOf({ isWithdrawn, isOfArchived }: Pick<CanonicalRow, "isWithdrawn" | "isOfArchived">): string | null {
  if (isWithdrawn) return "It no longer counts.";
  return isOfArchived ? "Its contact is archived." : null;
}

function Rows() {
  const { base, rows, after, filters, words, place, now } = useLoaderData<typeof loader>();
  const query = queryOf({ q: words, run: filters.runId, contact: filters.contactId, after });
  return (
    <Table
      caption="Canonical records"
      rows={rows}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/data/canonical/${id}`}
      under={standingOf}
      columns={[
        { key: "name", label: "Record", cell: ({ name }) => name || "Without a name" },
        { key: "said", label: "What it says something of", cell: ({ said }) => said },
        { key: "from", label: "From", cell: ({ from, source }) => from ?? sourceNames[source] },
        { key: "at", label: "Since", fit: "keep", cell: ({ at }) => <When at={at} place={place} now={now} /> },
        {
          key: "contact",
          label: "Contact",
          cell: ({ contactId, name }) => (
            <a href={`${base}/contacts/${contactId}`}>
              Contact<span className="sr-only"> {name}</span>
            </a>
          ),
        },
      ]}
      foot={<NextPage href={after === null ? null : `${base}/data/canonical${query}`} />}
    />
  );
}
