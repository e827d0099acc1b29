import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { writeBegan } from "~/features/accounts/field-changes";
import { importAskChoices, retentionChoices } from "~/features/accounts/settings";
import { type AccessFields, accessForm } from "~/features/accounts/settings-form";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { saveSettings } from "~/routes/settings/save-settings.server";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { RadioGroup, Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Access and keeping · Settings · ${data.name}` : "Access and keeping" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const { account } = await requireScope(args, "settings.read");
  const { name, slug, requiresSecondFactor, ownContactsOnly, retentionDays, importAskPercent } = account;
  return { name, slug, requiresSecondFactor, settings: { ownContactsOnly, retentionDays, importAskPercent } };
}

export function action(args: ActionFunctionArgs) {
  return saveSettings(args, "/access", () => accessForm);
}

const whoSees = [
  {
    value: "no",
    label: "Everybody sees all contacts",
    hint: "Users may change them, viewers may not.",
  },
  {
    value: "yes",
    label: "Users see the contacts they own, and no others",
    hint: "A contact that nobody owns is then seen by administrators and viewers alone, who still see all. Users cannot import lists, as a list may meet contacts of others.",
  },
];

const keeping = retentionChoices.map(({ days, label }) => ({ value: String(days), label }));
const asking = importAskChoices.map(({ percent, label }) => ({ value: String(percent), label }));

export default function AccessSettings() {
  const { slug, settings } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, { ownContactsOnly, retentionDays, importAskPercent }] = useForm<AccessFields>({
    id: "settings",
    lastResult: refused?.reply,
    defaultValue: {
      ownContactsOnly: settings.ownContactsOnly ? "yes" : "no",
      retentionDays: String(settings.retentionDays),
      importAskPercent: String(settings.importAskPercent),
    },
  });
  return (
    <SettingsPage slug={slug} part="/access" title="Access and keeping">
      <Form
        fields={[ownContactsOnly, retentionDays, importAskPercent]}
        errors={form.errors}
        hidden={{ began: refused?.began ?? writeBegan(settings) }}
      >
        <RadioGroup field={ownContactsOnly} label="Who sees which contacts" options={whoSees} />
        <Select
          field={retentionDays}
          label="Keep notices and the log of mails for"
          hint="What is older is removed for good within the hour, also when you shorten this. Deleted contacts can be brought back for 30 days in any case."
          options={keeping}
        />
        <Select
          field={importAskPercent}
          label="Ask before an import changes more than this of the contacts it is about"
          hint="Whoever imports then has to confirm the number of contacts first. Fewer than 20 are changed without a question; every import can be undone."
          options={asking}
        />
        <FormActions>
          <Button tone="primary">Save</Button>
        </FormActions>
      </Form>
      <div className="mt-8">
        <SecondFactorRule />
      </div>
    </SettingsPage>
  );
}

function SecondFactorRule() {
  const { slug, requiresSecondFactor } = useLoaderData<typeof loader>();
  const page = `/${slug}/settings/second-factor`;
  return (
    <Panel title="Second factor">
      <p>
        {requiresSecondFactor
          ? "Everybody needs a code from an authenticator app, beside their password, to come in."
          : "Whether they need a code beside their password is each person's own choice. Whoever learns the password of one who has none comes in."}
      </p>
      <p className="mt-4">
        {requiresSecondFactor ? (
          <ButtonLink href={page}>Make it each person's choice</ButtonLink>
        ) : (
          <PostButton action={`${page}/requirement`} tone="primary">
            Ask everybody for one
          </PostButton>
        )}
      </p>
    </Panel>
  );
}
