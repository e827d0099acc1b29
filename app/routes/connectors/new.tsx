import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { loadNew, makeConnector } from "~/routes/connectors/new.server";
import { NewPage } from "~/routes/connectors/new-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Connect ${data.offer.title} · Connectors · ${data.firm}` : "Connect" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadNew(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return makeConnector(args, providersOf(args.context.env.providers));
}

export default function NewConnector() {
  return <NewPage view={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
