import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { connectorReach } from "~/composition.server";
import { type RouteHandle } from "~/route-handle";
import { confirmRemoval, loadRemoval } from "~/routes/connectors/set-up/fields-facts.server";
import { RemovalPage } from "~/routes/connectors/set-up/removal-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Read less · ${data.name} · ${data.firm}` : "Read less" },
];

export async function loader(args: LoaderFunctionArgs) {
  const view = await loadRemoval(args, connectorReach(args.context.env));
  // There is nothing to ask about.
  if (view.removed.length === 0) throw redirect(view.page);
  return view;
}

export function action(args: ActionFunctionArgs) {
  return confirmRemoval(args, connectorReach(args.context.env));
}

export default function FieldsRemoval() {
  return <RemovalPage view={useLoaderData<typeof loader>()} />;
}
