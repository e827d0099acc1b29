import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type CanonicalRow, listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { requireScope } from "~/http/scope.server";
import { NextPage } from "~/routes/data/next-page";
import { queryOf, textIn } from "~/routes/data/query";
import { When } from "~/routes/data/when";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Canonical · Data · ${data.accountName}` : "Canonical" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const params = new URL(args.request.url).searchParams;
  const filters = { runId: textIn(params, "run"), contactId: textIn(params, "contact") };
  const [page, fields] = await Promise.all([
    listCanonical(scope, filters, textIn(params, "after")),
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
    ...{ filters, rows, after: page.after },
  };
}

export default function CanonicalZone() {
  const { base, filters, rows } = useLoaderData<typeof loader>();
  const here = `${base}/data/canonical`;
  const chips = [
    ...(filters.runId === null ? [] : [{ label: "Of one run", removeHref: here }]),
    ...(filters.contactId === null ? [] : [{ label: "Of one contact", removeHref: here }]),
  ];
  return (
    <>
      <PageHead
        title="Canonical"
        line="What each source says of a contact: mapped, checked and in one spelling. A contact is made of its records here."
        back={{ href: `${base}/data`, label: "Data" }}
      />
      {chips.length > 0 ? <FilterBar action={here} chips={chips} /> : null}
      {rows.length === 0 ? (
        <Empty actions={chips.length > 0 ? <ButtonLink href={here}>All of them</ButtonLink> : null}>
          No record is here.
        </Empty>
      ) : (
        <Rows />
      )}
    </>
  );
}

const sourceNames: Record<CanonicalRow["source"], string> = {
  "by-hand": "by hand",
  file: "a file",
  connector: "a connector",
};

function Rows() {
  const { base, rows, after, filters, place, now } = useLoaderData<typeof loader>();
  const query = queryOf({ run: filters.runId, contact: filters.contactId, after });
  return (
    <Table
      caption="Canonical records"
      rows={rows}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/data/canonical/${id}`}
      under={({ isWithdrawn }) => (isWithdrawn ? "It no longer counts." : null)}
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
