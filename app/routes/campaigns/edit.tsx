import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CampaignFields, inOrder } from "~/features/campaigns/campaign-fields";
import { campaignForm, type CampaignFormFields } from "~/features/campaigns/campaign-form";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { changeCampaign } from "~/features/campaigns/save-campaign.server";
import { listOwners } from "~/features/contacts/owners.server";
import { undoLink } from "~/features/changes/undo-window";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { moneyDigits } from "~/platform/money";
import { type RouteHandle } from "~/route-handle";
import { campaignRefusal, offeredFields } from "~/routes/campaigns/campaign-form-answer.server";
import { Button, ButtonLink, HiddenFields } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Edit ${data.form.name} · Campaigns · ${data.accountName}` : "Campaign" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/campaigns/${campaign.id}`,
    currency: campaign.currency,
    owners: (await listOwners(scope, campaign.ownerId)) ?? [],
    offered: await offeredFields(scope),
    form: typedOf(campaign),
  };
}

/** As the form shows what is stored. */
function typedOf(campaign: WholeCampaign): CampaignFormFields {
  const { costMinor: minor, currency } = campaign;
  const text = (value: string | null) => value ?? "";
  return {
    name: campaign.name,
    channel: campaign.channel,
    description: text(campaign.description),
    topic: text(campaign.topic),
    plannedOn: text(campaign.plannedOn),
    ownerId: text(campaign.ownerId),
    cost: minor === 0n ? "" : moneyDigits({ minor, currency }),
    subject: text(campaign.subject),
    body: campaign.body,
    codePrefix: text(campaign.codePrefix),
    respondedWords: text(campaign.respondedWords),
    convertedWords: text(campaign.convertedWords),
    pauseMonths: campaign.pauseMonths === null ? "" : String(campaign.pauseMonths),
    version: String(campaign.version),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  const schema = campaignForm({ currency: campaign.currency, place: scope.place });
  const submission = parseWithZod(await readForm(args.request), { schema });
  if (submission.status !== "success") return refuse(submission.reply());
  const { version = 0, ...facts } = submission.value;
  const result = await changeCampaign(scope, campaign.id, { ...facts, version });
  const { slug } = scope.account;
  if (result.ok) {
    const told = flash("Saved.", undoLink(slug, result.changeSetId));
    return redirectTo(args, `/${slug}/campaigns/${campaign.id}`, told);
  }
  if (result.reason === "not-found") return notFound();
  return refuse(submission.reply({ fieldErrors: campaignRefusal(result.reason) }));
}

export default function EditCampaign() {
  const { href, owners, offered, currency, form: stored } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CampaignFormFields>({
    id: "campaign",
    defaultValue: stored,
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead title={`Edit ${stored.name}`} back={{ href, label: stored.name }} />
      <Form id={form.id} fields={inOrder(fields)} errors={form.errors}>
        <HiddenFields fields={{ version: fields.version.initialValue ?? stored.version }} />
        <CampaignFields fields={fields} owners={owners} offered={offered} currency={currency} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
