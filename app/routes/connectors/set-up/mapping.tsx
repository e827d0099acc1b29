import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { connectorReach, subjects } from "~/composition.server";
import { approveMapping, loadMapping } from "~/routes/connectors/set-up/mapping-facts.server";
import { MappingPage } from "~/routes/connectors/set-up/mapping-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Where it goes · ${data.name} · ${data.firm}` : "Where it goes" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadMapping(args, connectorReach(args.context.env), subjects);
}

export function action(args: ActionFunctionArgs) {
  return approveMapping(args, connectorReach(args.context.env), subjects);
}

export default function Mapping() {
  return <MappingPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
