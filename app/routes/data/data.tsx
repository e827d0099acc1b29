import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { countZones } from "~/features/contacts/zones/count-zones.server";
import { countRaw } from "~/features/pipeline/zones/count-raw.server";
import { countRefusedOfFiles } from "~/features/pipeline/zones/refused-of-files.server";
import { recordCounts } from "~/features/reconciliation/records/count-records.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { requireScope } from "~/http/scope.server";
import { type Counted, sumCounted } from "~/platform/counted";
import { type Scope } from "~/platform/scope.server";
import { HealthPanel, SourcesPanel } from "~/routes/data/sources-panel";
import { sourceLines, sumOfSources } from "~/routes/data/source-lines";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Data · ${data.accountName}` : "Data" }];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    maySeeRaw: can(scope, "connectors.manage"),
    mayImport: can(scope, "contacts.import"),
    ...(scope.ownOnly ? await ownZones(scope) : await zonesBySource(scope)),
  };
}

/** What comes in is of everybody's contacts: whoever sees only their own is told of what those are made of. */
async function ownZones(scope: Scope) {
  const { serving, canonical } = await countZones(scope, []);
  return { zones: { raw: null, canonical: sumOfSources(canonical), serving }, lines: null, books: null, openCapped: false };
}

/** The zones are what their sources come to. */
async function zonesBySource(scope: Scope) {
  const sources = await listSources(scope);
  const ids = sources.map(({ id }) => id);
  const books = recordCounts(scope, { orders: orderKind, transactions: transactionKind }, ids);
  const [{ serving, canonical }, raw, refusedOfFiles] = await Promise.all([
    countZones(scope, ids),
    countRaw(scope, ids, books.columns),
    countRefusedOfFiles(scope),
  ]);
  const { orders, transactions } = books.read(raw.beside);
  const lines = sourceLines({ sources, canonical: [canonical, orders, transactions], raw, refusedOfFiles });
  const sum = (of: "raw" | "canonical") => sumCounted(lines.map((line) => line[of]));
  return {
    zones: { raw: sum("raw"), canonical: sum("canonical"), serving },
    lines,
    books: { orders: sumOfSources(orders), transactions: sumOfSources(transactions) },
    openCapped: raw.openCapped,
  };
}

export default function DataPage() {
  const { base, zones, lines, openCapped, place, now, maySeeRaw } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Data"
        line="Whatever comes in goes through three zones, and each value can be followed back through them."
      />
      <Zones />
      {zones.canonical.count === 0 ? <Nothing /> : null}
      {lines ? (
        <>
          <SourcesPanel {...{ base, place, now, maySeeRaw, lines }} isCapped={openCapped} />
          <HealthPanel {...{ place, lines }} isCapped={openCapped} />
        </>
      ) : null}
    </>
  );
}

function Zones() {
  const { base, zones, books, place, maySeeRaw } = useLoaderData<typeof loader>();
  const shown = ({ count, capped }: Counted) => formatCount(count, { capped, locale: place.locale });
  return (
    <Figures
      figures={[
        ...(zones.raw
          ? [
              {
                value: shown(zones.raw),
                label: "raw: records as they were received",
                href: maySeeRaw ? `${base}/data/raw` : undefined,
              },
            ]
          : []),
        {
          value: shown(zones.canonical),
          label: "canonical: mapped, checked and in one spelling",
          href: `${base}/data/canonical`,
        },
        { value: shown(zones.serving), label: "serving: contacts, ready to use", href: `${base}/data/serving` },
        ...Object.entries(books ?? {})
          .filter(([, { count }]) => count > 0)
          .map(([of, counted]) => ({
            ...{ value: shown(counted), label: `serving: ${of}, ready to compare`, href: `${base}/data/${of}` },
          })),
      ]}
    />
  );
}

function Nothing() {
  const { base, mayImport } = useLoaderData<typeof loader>();
  const actions = mayImport ? <ButtonLink href={`${base}/contacts/import`}>Import a list</ButtonLink> : null;
  return <Empty actions={actions}>What is typed, imported or read from your other systems will be counted here.</Empty>;
}
