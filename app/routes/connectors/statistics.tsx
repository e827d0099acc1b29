import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findConnector } from "~/features/connectors/find-connector.server";
import { connectorStatistics } from "~/features/connectors/statistics/connector-statistics.server";
import { StatisticsPanel } from "~/features/connectors/statistics/statistics-panel";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Figures · ${data.name} · ${data.firm}` : "Figures" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const { id, name } = (await findConnector(scope, connectorId(args))) ?? notFound();
  return {
    ...{ firm: scope.account.name, base: `/${scope.account.slug}`, id, name, place: scope.place },
    statistics: await connectorStatistics(scope, id),
  };
}

export default function ConnectorFigures() {
  const { base, id, name, place, statistics } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Figures of ${name}`}
        line="How it did in the last thirteen weeks."
        back={{ href: `${base}/connectors/${id}`, label: name }}
        actions={<ButtonLink href={`${base}/runs?of=${id}`}>Its runs</ButtonLink>}
      />
      <StatisticsPanel statistics={statistics} place={place} />
    </>
  );
}
