import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { countZones, type Counted } from "~/features/contacts/zones/count-zones.server";
import { sumUpFiles } from "~/features/pipeline/zones/sum-up-files.server";
import { requireScope } from "~/http/scope.server";
import { HealthPanel, SourcesPanel } from "~/routes/data/sources-panel";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Data · ${data.accountName}` : "Data" }];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const [zones, sources, files] = await Promise.all([
    countZones(scope),
    // What comes in is of everybody's contacts.
    scope.ownOnly ? null : listSources(scope),
    scope.ownOnly ? null : sumUpFiles(scope),
  ]);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    maySeeRaw: can(scope, "connectors.manage"),
    mayImport: can(scope, "contacts.import"),
    ...{ zones, sources, files },
  };
}

export default function DataPage() {
  const { base, zones, sources, files, place, now, maySeeRaw } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Data"
        line="Whatever comes in goes through three zones, and each value of a contact can be followed back through them."
      />
      <Zones />
      {zones.canonical.count === 0 ? <Nothing /> : null}
      {sources && files ? (
        <>
          <SourcesPanel {...{ base, place, now, maySeeRaw, files, byHand: zones.byHand, sources: sources.sources }} />
          <HealthPanel {...{ base, place, now, files, isCapped: sources.openCapped, sources: sources.sources }} />
        </>
      ) : null}
    </>
  );
}

function Zones() {
  const { base, zones, place, maySeeRaw } = useLoaderData<typeof loader>();
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
      ]}
    />
  );
}

function Nothing() {
  const { base, mayImport } = useLoaderData<typeof loader>();
  const actions = mayImport ? <ButtonLink href={`${base}/contacts/import`}>Import a list</ButtonLink> : null;
  return <Empty actions={actions}>What is typed, imported or read from your other systems will be counted here.</Empty>;
}
