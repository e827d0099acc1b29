import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { loadList } from "~/routes/connectors/list.server";
import { ListPage } from "~/routes/connectors/list-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Connectors · ${data.firm}` : "Connectors" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadList(args, providersOf(args.context.env.providers));
}

export default function Connectors() {
  return <ListPage view={useLoaderData<typeof loader>()} />;
}
