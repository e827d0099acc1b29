import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { connectorReach } from "~/composition.server";
import { loadFields, saveFields } from "~/routes/connectors/set-up/fields-facts.server";
import { FieldsPage } from "~/routes/connectors/set-up/fields-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `What is read · ${data.name} · ${data.firm}` : "What is read" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadFields(args, connectorReach(args.context.env));
}

export function action(args: ActionFunctionArgs) {
  return saveFields(args, connectorReach(args.context.env));
}

export default function Fields() {
  const refused = useActionData<typeof action>();
  return <FieldsPage view={useLoaderData<typeof loader>()} errors={refused?.errors ?? []} />;
}
