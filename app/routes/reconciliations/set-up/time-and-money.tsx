import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { loadTimeAndMoney, saveTimeAndMoney } from "~/routes/reconciliations/set-up/time-and-money-facts.server";
import { TimeAndMoneyPage } from "~/routes/reconciliations/set-up/time-and-money-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Time and money · ${data.name} · ${data.firm}` : "Time and money" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadTimeAndMoney(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return saveTimeAndMoney(args);
}

export default function TimeAndMoney() {
  return <TimeAndMoneyPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
