import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { SourceFields } from "~/routes/reconciliations/source-fields";
import { loadSources, saveSources } from "~/routes/reconciliations/set-up/sources-facts.server";
import { SetUpFrame } from "~/routes/reconciliations/set-up/set-up-frame";
import { StepActions } from "~/routes/reconciliations/set-up/step-actions";
import { Form } from "~/ui/form";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Sources · ${data.name} · ${data.firm}` : "Sources" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadSources(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return saveSources(args, providersOf(args.context.env.providers));
}

export default function Sources() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const fields = refused?.fields ?? {
    name: { name: "name", value: view.name },
    orders: { name: "orders" },
    analytics: { name: "analytics", value: view.chosen.analytics },
  };
  const version = String(refused?.version ?? view.version);
  return (
    <SetUpFrame frame={view} title="Sources" line="Which orders are compared with what was tracked of them.">
      <Form hidden={{ version }} fields={Object.values(fields)} errors={refused?.problems}>
        <SourceFields offered={view.offered} fields={fields} orders={refused?.sent.orders ?? view.chosen.orders} />
        <StepActions frame={view} />
      </Form>
    </SetUpFrame>
  );
}
