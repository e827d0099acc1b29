import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type RouteHandle } from "~/route-handle";
import { loadLeftOut, saveLeftOut } from "~/routes/reconciliations/set-up/left-out-facts.server";
import { LeftOutPage } from "~/routes/reconciliations/set-up/left-out-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Left out · ${data.name} · ${data.firm}` : "Left out" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadLeftOut(args);
}

export function action(args: ActionFunctionArgs) {
  return saveLeftOut(args);
}

export default function LeftOut() {
  return <LeftOutPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
