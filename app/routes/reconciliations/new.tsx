import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { loadNew, makeReconciliation } from "~/routes/reconciliations/new.server";
import { NewPage } from "~/routes/reconciliations/new-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Set up a reconciliation · ${data.firm}` : "Set up a reconciliation" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadNew(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return makeReconciliation(args, providersOf(args.context.env.providers));
}

export default function NewReconciliation() {
  return <NewPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
