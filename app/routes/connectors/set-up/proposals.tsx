import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { connectorReach, subjects } from "~/composition.server";
import { askModelAbout, loadProposals } from "~/routes/connectors/set-up/proposals-facts.server";
import { ProposalsPage } from "~/routes/connectors/set-up/proposals-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Ask a model · ${data.name} · ${data.firm}` : "Ask a model" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadProposals(args, { reach: connectorReach(args.context.env), subjects });
}

/** Asks it, by a job. */
export function action(args: ActionFunctionArgs) {
  return askModelAbout(args, { reach: connectorReach(args.context.env), subjects });
}

export default function Proposals() {
  return <ProposalsPage view={useLoaderData<typeof loader>()} />;
}
