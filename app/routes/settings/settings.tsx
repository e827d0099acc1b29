import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { writeBegan } from "~/features/accounts/field-changes";
import { logoHref } from "~/features/accounts/logo-address";
import { colourOptions } from "~/features/accounts/settings";
import { type FirmFields, firmForm } from "~/features/accounts/settings-form";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { saveSettings } from "~/routes/settings/save-settings.server";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { LogoPicture } from "~/ui/logo-picture";
import { Panel } from "~/ui/panel";
import { TextArea, TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Settings · ${data.name}` : "Settings" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const { account } = await requireScope(args, "settings.read");
  const { name, slug, colour, postalAddress } = account;
  return { name, slug, logo: logoHref(account), settings: { name, postalAddress, colour } };
}

export function action(args: ActionFunctionArgs) {
  return saveSettings(args, "", () => firmForm);
}

export default function FirmSettings() {
  const { slug, logo, settings } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, { name, postalAddress, colour }] = useForm<FirmFields>({
    id: "settings",
    lastResult: refused?.reply,
    defaultValue: { ...settings, colour: String(settings.colour) },
  });
  return (
    <SettingsPage
      slug={slug}
      part=""
      title="Your firm"
      line={`Your account's address is /${slug}. It stays, as links lead there.`}
    >
      <Form
        fields={[name, postalAddress, colour]}
        errors={form.errors}
        hidden={{ began: refused?.began ?? writeBegan(settings) }}
      >
        <TextField field={name} label="Firm's name" autoComplete="organization" maxLength={200} />
        <TextArea
          field={postalAddress}
          label="Postal address"
          hint="Without the name, as on an envelope. It stands on letters and mails of campaigns."
          optional
          rows={4}
          autoComplete="street-address"
        />
        <Select
          field={colour}
          label="Colour"
          hint="Tells your accounts apart at the top of each page."
          options={colourOptions}
        />
        <FormActions>
          <Button tone="primary">Save</Button>
        </FormActions>
      </Form>
      <div className="mt-8">
        <Panel
          title="Logo"
          line="Stands at the top of each page, in the place of your initials."
          actions={
            <ButtonLink small href={`/${slug}/settings/logo`}>
              {logo ? "Change" : "Add a logo"}
            </ButtonLink>
          }
        >
          {logo ? <LogoPicture src={logo} alt="Your logo" large /> : <p className="quiet">None yet.</p>}
        </Panel>
      </div>
    </SettingsPage>
  );
}
