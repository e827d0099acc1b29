import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { loadCatalogue } from "~/routes/connectors/catalogue.server";
import { CataloguePage } from "~/routes/connectors/catalogue-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Connect a system · Connectors · ${data.firm}` : "Connect a system" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadCatalogue(args, providersOf(args.context.env.providers));
}

export default function Catalogue() {
  return <CataloguePage view={useLoaderData<typeof loader>()} />;
}
