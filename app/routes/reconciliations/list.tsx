import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { loadList } from "~/routes/reconciliations/list.server";
import { ListPage } from "~/routes/reconciliations/list-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Reconciliations · ${data.firm}` : "Reconciliations" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadList(args, providersOf(args.context.env.providers));
}

export default function Reconciliations() {
  return <ListPage view={useLoaderData<typeof loader>()} />;
}
