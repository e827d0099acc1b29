import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { leaveForProvider, loadBegin } from "~/routes/connectors/connection/begin.server";
import { BeginPage } from "~/routes/connectors/connection/begin-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Connect ${data.system} · ${data.name} · ${data.firm}` : "Connect" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadBegin(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return leaveForProvider(args, providersOf(args.context.env.providers));
}

export default function Begin() {
  return <BeginPage view={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
