import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { connectorReach, subjects } from "~/composition.server";
import { type RouteHandle } from "~/route-handle";
import { loadRules, saveRules } from "~/routes/connectors/set-up/rules-facts.server";
import { RulesPage } from "~/routes/connectors/set-up/rules-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `How it is written · ${data.name} · ${data.firm}` : "How it is written" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadRules(args, connectorReach(args.context.env), subjects);
}

export function action(args: ActionFunctionArgs) {
  return saveRules(args, connectorReach(args.context.env), subjects);
}

export default function Rules() {
  return <RulesPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
