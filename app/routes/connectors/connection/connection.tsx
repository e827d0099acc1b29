import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { ConnectionPage } from "~/routes/connectors/connection/connection-page";
import { loadConnection } from "~/routes/connectors/connection/connection-view.server";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Connection · ${data.name} · ${data.firm}` : "Connection" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadConnection(args, providersOf(args.context.env.providers));
}

export default function Connection() {
  return <ConnectionPage view={useLoaderData<typeof loader>()} />;
}
