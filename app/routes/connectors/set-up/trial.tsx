import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { connectorReach, subjects } from "~/composition.server";
import { askForTrial, loadTrial } from "~/routes/connectors/set-up/trial-facts.server";
import { TrialPage } from "~/routes/connectors/set-up/trial-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Trial · ${data.name} · ${data.firm}` : "Trial" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadTrial(args, connectorReach(args.context.env), subjects);
}

export function action(args: ActionFunctionArgs) {
  return askForTrial(args, connectorReach(args.context.env));
}

export default function Trial() {
  return <TrialPage view={useLoaderData<typeof loader>()} />;
}
