import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CampaignFields, inOrder } from "~/features/campaigns/campaign-fields";
import { campaignForm, type CampaignFormFields } from "~/features/campaigns/campaign-form";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { listOwners } from "~/features/contacts/owners.server";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { campaignRefusal, offeredFields } from "~/routes/campaigns/campaign-form-answer.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `New campaign · ${data.accountName}` : "New campaign" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/campaigns`,
    currency: scope.account.currency,
    me: scope.user?.id ?? "",
    owners: (await listOwners(scope, null)) ?? [],
    offered: await offeredFields(scope),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const schema = campaignForm({ currency: scope.account.currency, place: scope.place });
  const submission = parseWithZod(await readForm(args.request), { schema });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await createCampaign(scope, submission.value);
  if (result.ok) {
    const next = "Saved as a draft. Now choose who it goes to.";
    return redirectTo(args, `/${scope.account.slug}/campaigns/${result.id}`, flash(next));
  }
  if (result.reason === "not-found") return notFound();
  return refuse(submission.reply({ fieldErrors: campaignRefusal(result.reason) }));
}

export default function NewCampaign() {
  const { href, owners, offered, currency, me } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CampaignFormFields>({
    id: "campaign",
    defaultValue: { channel: "email", ownerId: me },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead title="New campaign" back={{ href, label: "Campaigns" }} />
      <Form id={form.id} fields={inOrder(fields)} errors={form.errors}>
        <CampaignFields fields={fields} owners={owners} offered={offered} currency={currency} />
        <FormActions>
          <Button tone="primary">Save the draft</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
