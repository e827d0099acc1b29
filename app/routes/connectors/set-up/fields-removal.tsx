import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { connectorReach } from "~/composition.server";
import { type RouteHandle } from "~/route-handle";
import { confirmRemoval, loadRemoval } from "~/routes/connectors/set-up/fields-facts.server";
import { RemovalPage } from "~/routes/connectors/set-up/removal-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Read less · ${data.name} · ${data.firm}` : "Read less" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadRemoval(args, connectorReach(args.context.env));
}

export function action(args: ActionFunctionArgs) {
  return confirmRemoval(args, connectorReach(args.context.env));
}

export default function FieldsRemoval() {
  return <RemovalPage view={useLoaderData<typeof loader>()} />;
}
