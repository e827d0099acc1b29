import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { responseNames, responses } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { sourceForm, type SourceFormFields } from "~/features/campaigns/recipients/source-form";
import { notFound, refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { answerAddition, sourceChoices, takeIn } from "~/routes/campaigns/recipients/take-in.server";
import { Button, ButtonLink } from "~/ui/button";
import { CheckboxGroup, RadioGroup, Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextArea } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Add recipients · ${data.name} · ${data.accountName}` : "Add recipients" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { id, name } = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/campaigns/${id}`,
    name,
    ...(await sourceChoices(scope, id)),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  const submission = parseWithZod(await readForm(args.request), { schema: sourceForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const taken = await takeIn(scope, campaign.id, submission.value);
  if (!taken.ok) return refuse(submission.reply({ fieldErrors: { [taken.at]: [taken.message] } }));
  return redirectTo(args, `/${scope.account.slug}/campaigns/${campaign.id}`, answerAddition(taken, scope.place.locale));
}

export default function NewRecipients() {
  const { href, name } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<SourceFormFields>({
    id: "recipients",
    defaultValue: { responses: ["responded", "converted"] },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead
        title="Add recipients"
        line="Each comes onto the list once. Who cannot or must not be written to is left out, and counted with the reason."
        back={{ href, label: name }}
      />
      <Form
        id={form.id}
        fields={[fields.from, fields.view, fields.run, fields.campaign, fields.responses, fields.emails]}
        errors={form.errors}
      >
        <SourceFields fields={fields} />
        <FormActions>
          <Button tone="primary">Put them on the list</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}

type Fields = ReturnType<typeof useForm<SourceFormFields>>[1];

/** None is chosen beforehand: who fills in a campaign and overlooks the choice above would write to all contacts. */
function SourceFields({ fields }: { fields: Fields }) {
  const { views, runs, campaigns } = useLoaderData<typeof loader>();
  const chosen = fields.responses.initialValue;
  return (
    <>
      <RadioGroup
        field={fields.from}
        label="Where they come from"
        options={[
          { value: "list", label: "A view of the contacts, or all of them" },
          { value: "import", label: "An import", hint: "Whoever it brought or changed." },
          { value: "answers", label: "Who answered another campaign" },
          { value: "emails", label: "Single contacts, by their email" },
        ]}
      />
      <div className="for-source of-list">
        <Select
          field={fields.view}
          label="View"
          empty="All contacts"
          options={views.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <div className="for-source of-import">
        <Select
          field={fields.run}
          label="Import"
          empty="Choose one"
          options={runs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <div className="for-source of-answers fields">
        <Select
          field={fields.campaign}
          label="Campaign"
          empty="Choose one"
          options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <CheckboxGroup
          field={fields.responses}
          label="Of that campaign, whose answer is"
          options={responses.map((value) => ({ value, label: responseNames[value] }))}
          chosen={Array.isArray(chosen) ? chosen.flatMap((each) => each ?? []) : [chosen ?? []].flat()}
        />
      </div>
      <div className="for-source of-emails">
        <TextArea field={fields.emails} label="Emails" hint="One to a line, or separated by commas." rows={4} />
      </div>
    </>
  );
}
