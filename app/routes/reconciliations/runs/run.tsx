import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { loadRun } from "~/routes/reconciliations/runs/run-facts.server";
import { RunPage } from "~/routes/reconciliations/runs/run-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Comparison of ${data.run.days} · ${data.name} · ${data.firm}` : "Comparison" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadRun(args);
}

export default function Run() {
  return <RunPage view={useLoaderData<typeof loader>()} />;
}
