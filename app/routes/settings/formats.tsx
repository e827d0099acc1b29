import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { phoneCountryOptions } from "~/features/accounts/countries";
import { writeBegan } from "~/features/accounts/field-changes";
import { type FormatsFields, formatsForm } from "~/features/accounts/settings-form";
import { requireScope } from "~/http/scope.server";
import { localeOptions } from "~/platform/locales.server";
import { currencyOptions } from "~/platform/money";
import { dateIn, formatInstant } from "~/platform/time";
import { timeZoneNames } from "~/platform/time-zones.server";
import { type RouteHandle } from "~/route-handle";
import { saveSettings } from "~/routes/settings/save-settings.server";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Button } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Dates and money · Settings · ${data.name}` : "Dates and money" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.read");
  const { name, slug, timeZone, locale, currency, phoneCountry } = scope.account;
  const now = scope.clock.now();
  return {
    name,
    slug,
    now: formatInstant(scope.place, now),
    settings: { timeZone, locale, currency, phoneCountry },
    choices: {
      zones: timeZoneNames,
      locales: localeOptions({ currency, date: dateIn(timeZone, now) }, locale),
      currencies: currencyOptions(),
      countries: phoneCountryOptions(),
    },
  };
}

export function action(args: ActionFunctionArgs) {
  return saveSettings(args, "/formats", ({ locale }) => formatsForm(locale));
}

export default function FormatSettings() {
  const { slug, now, settings, choices } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, { timeZone, locale, currency, phoneCountry }] = useForm<FormatsFields>({
    id: "settings",
    lastResult: refused?.reply,
    defaultValue: settings,
  });
  return (
    <SettingsPage
      slug={slug}
      part="/formats"
      title="Dates, numbers and money"
      line="How they are written on every page. Each person may choose another way of writing for themselves; the time zone is the firm's."
    >
      <Form
        fields={[timeZone, locale, currency, phoneCountry]}
        errors={form.errors}
        hidden={{ began: refused?.began ?? writeBegan(settings) }}
      >
        <TextField
          field={timeZone}
          label="Time zone"
          hint={`A city such as Berlin or New York. By the present one it is now ${now}.`}
          autoComplete="off"
          maxLength={60}
          spellCheck={false}
          list="time-zones"
        />
        <TimeZones zones={choices.zones} />
        <Select
          field={locale}
          label="Dates and numbers"
          hint="The words on the pages stay English."
          options={choices.locales}
        />
        <Select
          field={currency}
          label="Currency"
          hint="Of amounts that name none. Amounts you have already keep theirs."
          options={choices.currencies}
          autoComplete="transaction-currency"
        />
        <Select
          field={phoneCountry}
          label="Country of your phones"
          hint="A number typed without a country code is read as one of there, and numbers of there are written without it."
          options={choices.countries}
          autoComplete="country"
        />
        <FormActions>
          <Button tone="primary">Save</Button>
        </FormActions>
      </Form>
    </SettingsPage>
  );
}

function TimeZones({ zones }: { zones: readonly string[] }) {
  return (
    <datalist id="time-zones">
      {zones.map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}
