import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type RouteHandle } from "~/route-handle";
import { loadIds, saveIds } from "~/routes/reconciliations/set-up/ids-facts.server";
import { IdsPage } from "~/routes/reconciliations/set-up/ids-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Order numbers · ${data.name} · ${data.firm}` : "Order numbers" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadIds(args);
}

export function action(args: ActionFunctionArgs) {
  return saveIds(args);
}

export default function Ids() {
  return <IdsPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
