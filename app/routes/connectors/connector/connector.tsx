import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { loadConnector } from "~/routes/connectors/connector/connector.server";
import { ConnectorPage } from "~/routes/connectors/connector/connector-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Connectors · ${data.firm}` : "Connector" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadConnector(args, providersOf(args.context.env.providers));
}

export default function Connector() {
  return <ConnectorPage view={useLoaderData<typeof loader>()} />;
}
