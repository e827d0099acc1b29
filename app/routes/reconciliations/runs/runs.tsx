import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { askForComparison, loadRuns } from "~/routes/reconciliations/runs/runs-facts.server";
import { RunsPage } from "~/routes/reconciliations/runs/runs-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Comparisons · ${data.name} · ${data.firm}` : "Comparisons" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadRuns(args);
}

export function action(args: ActionFunctionArgs) {
  return askForComparison(args);
}

export default function Runs() {
  return <RunsPage view={useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />;
}
