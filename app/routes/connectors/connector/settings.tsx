import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { loadSettings, saveSettings } from "~/routes/connectors/connector/settings.server";
import { takesFile } from "~/routes/connectors/setting-files";
import { SettingsFields } from "~/routes/connectors/settings-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Settings · ${data.name} · ${data.firm}` : "Settings" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadSettings(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return saveSettings(args, providersOf(args.context.env.providers));
}

export default function ConnectorSettings() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const name = answer?.name ?? { name: "name", value: view.name };
  const fields = answer?.fields ?? view.fields;
  return (
    <>
      <PageHead
        title={`Settings of ${view.name}`}
        line={`A connector to ${view.system}.`}
        back={{ href: view.page, label: view.name }}
      />
      <Form
        multipart={takesFile(fields)}
        fields={[name, ...fields]}
        errors={answer?.form}
        hidden={{ version: String(answer?.version ?? view.version) }}
      >
        <TextField field={name} label="Name" autoComplete="off" maxLength={100} />
        <SettingsFields fields={fields} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={view.page}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
