import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { responseNames, type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { deliveryNames } from "~/features/campaigns/delivery";
import { figureQuery, filterWords, readFigureFilter } from "~/features/campaigns/figures/figure-filter";
import { countFigureRows, type FigureRow, listFigureRows } from "~/features/campaigns/figures/figure-rows.server";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { responseLooks } from "~/features/campaigns/recipients/recipients-table";
import { isStorable } from "~/features/contacts/values/typed-text";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatMoney } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { formatShortDate } from "~/platform/time";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";

const PAGE = 50;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Recipients of ${data.name} · Figures · ${data.accountName}` : "Recipients" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { searchParams } = new URL(args.request.url);
  const filter = readFigureFilter(searchParams);
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  const [page, counted] = await Promise.all([
    listFigureRows(scope, campaign, filter, { after: readCursor(searchParams), limit: PAGE }),
    countFigureRows(scope, campaign.id, filter),
  ]);
  const { locale } = scope.place;
  const query = figureQuery(filter);
  const next = page.next && new URLSearchParams({ key: page.next.nameKey, after: page.next.contactId }).toString();
  return {
    accountName: scope.account.name,
    name: campaign.name,
    here: `/${scope.account.slug}/campaigns/${campaign.id}`,
    query,
    words: filterWords(filter, counted, scope.place),
    count: `${counted.count.toLocaleString(locale)} ${counted.count === 1 ? "contact" : "contacts"}`,
    mayExport: can(scope, "contacts.export"),
    rows: page.rows.map((row) => toLine(scope, campaign, row)),
    nextHref: next && `${query || "?"}${query ? "&" : ""}${next}`,
  };
}

function readCursor(params: URLSearchParams) {
  const [nameKey, contactId] = [params.get("key"), params.get("after")];
  return nameKey === null || contactId === null || !isStorable(nameKey) ? null : { nameKey, contactId };
}

function toLine({ account, place }: Scope, { id, currency }: WholeCampaign, row: FigureRow) {
  const { contactId, leftOut, delivery, response, respondedOn, valueMinor: minor } = row;
  return {
    contactId,
    name: row.name ?? "A contact that is gone",
    href: `/${account.slug}/campaigns/${id}/recipients/${contactId}`,
    town: row.town ?? "",
    far: leftOut && delivery === "none" ? `Left out: ${leftOutNames[leftOut].toLowerCase()}` : deliveryNames[delivery],
    since: row.deliveryAt ? formatShortDate(place, row.deliveryAt) : "",
    response,
    respondedOn: respondedOn ? formatShortDate(place, respondedOn) : "",
    value: minor === null ? "" : formatMoney({ minor, currency }, place.locale),
  };
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

const columns: Column<Line>[] = [
  { key: "name", label: "Recipient", cell: ({ name }) => name },
  { key: "town", label: "Town", cell: ({ town }) => town },
  { key: "far", label: "How far it has come", cell: ({ far }) => far },
  { key: "since", label: "Since", fit: "keep", cell: ({ since }) => since },
  {
    key: "response",
    label: "Answer",
    cell: ({ response }) => <Status of={responseLooks[response]}>{responseNames[response]}</Status>,
  },
  { key: "respondedOn", label: "When", fit: "keep", cell: ({ respondedOn }) => respondedOn },
  { key: "value", label: "Value", numeric: true, cell: ({ value }) => value },
];

export default function FigureRecipients() {
  const { name, here, query, words, count, mayExport, rows, nextHref } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={words}
        line={`${count} of ${name}`}
        back={{ href: `${here}/figures`, label: `Figures of ${name}` }}
        actions={
          mayExport && rows.length > 0 ? (
            <>
              <ButtonLink href={`${here}/figures/recipients.csv${query}`}>As CSV</ButtonLink>
              <ButtonLink href={`${here}/figures/recipients.xlsx${query}`}>As a workbook</ButtonLink>
            </>
          ) : undefined
        }
      />
      {rows.length === 0 ? (
        <Empty>Nobody is counted here.</Empty>
      ) : (
        <Table
          caption={words}
          columns={columns}
          rows={rows}
          rowKey={({ contactId }) => contactId}
          href={({ href }) => href}
        />
      )}
      {nextHref ? (
        <p>
          <a href={nextHref}>More, by name</a>
        </p>
      ) : null}
    </>
  );
}
