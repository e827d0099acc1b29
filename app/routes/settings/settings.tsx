import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { listMembers } from "~/features/accounts/members.server";
import { countryOptions } from "~/features/accounts/countries";
import { roleNames } from "~/features/accounts/rights";
import { changeSettings } from "~/features/accounts/settings.server";
import { type SettingsFields, settingsForm } from "~/features/accounts/settings-form";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { Button } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Settings · ${data.name}` : "Settings" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.read");
  const { name, slug, colour, phoneCountry, timeZone, currency } = scope.account;
  const members = await listMembers(scope);
  return {
    name,
    slug,
    settings: { name, colour: String(colour), phoneCountry, timeZone, currency },
    members: members.map((member) => ({
      id: member.id,
      name: member.name,
      email: member.email,
      role: roleNames[member.role],
      since: formatDate(scope.account, member.since),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const submission = parseWithZod(await readForm(args.request), { schema: settingsForm });
  if (submission.status !== "success") return refuse(submission.reply());

  const { changed } = await changeSettings(scope, submission.value);
  const message = changed.length > 0 ? "The settings are saved." : "Nothing was changed.";
  return redirectTo(args, `/${scope.account.slug}/settings`, flash(message));
}

const colours = ["Purple", "Blue", "Teal", "Red", "Brown", "Indigo", "Green", "Pink"].map((label, i) => ({
  value: String(i + 1),
  label,
}));

export default function Settings() {
  const { slug, settings, members } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<SettingsFields>({
    id: "settings",
    lastResult: useActionData<typeof action>(),
    defaultValue: settings,
  });
  const { name, colour, phoneCountry, timeZone, currency } = fields;
  return (
    <>
      <PageHead title="Settings" line={`Your account's address is /${slug}. It stays, as links lead there.`} />
      <Form fields={[name, colour, phoneCountry, timeZone, currency]} errors={form.errors}>
        <TextField field={name} label="Firm's name" autoComplete="organization" maxLength={200} />
        <Select
          field={colour}
          label="Colour"
          hint="Tells your accounts apart at the top of each page."
          options={colours}
        />
        <Select
          field={phoneCountry}
          label="Country"
          hint="How dates and numbers are written, and how a phone number without a country code is read."
          options={countryOptions}
          autoComplete="country"
        />
        <TextField
          field={timeZone}
          label="Time zone"
          hint="For example Europe/London."
          autoComplete="off"
          maxLength={60}
        />
        <TextField field={currency} label="Currency" look="short" autoComplete="off" maxLength={3} />
        <FormActions>
          <Button tone="primary">Save</Button>
        </FormActions>
      </Form>
      <div className="mt-8">
        <Panel title="Members">
          <Table
            caption="People with a place in this account"
            columns={[
              { key: "name", label: "Name", cell: (member) => member.name },
              { key: "email", label: "Email", cell: (member) => member.email },
              { key: "role", label: "Role", cell: (member) => member.role },
              { key: "since", label: "Since", cell: (member) => member.since },
            ]}
            rows={members}
            rowKey={(member) => member.id}
            bare
          />
        </Panel>
      </div>
    </>
  );
}
