import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { responseNames, responses } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { notDelivered } from "~/features/campaigns/delivery";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { responseForm, type ResponseFormFields } from "~/features/campaigns/responses/response-form";
import { undoLink } from "~/features/changes/undo-window";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { dateIn } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { answerLine } from "~/routes/campaigns/recipients/answer-line.server";
import { deliveryFacts } from "~/routes/campaigns/recipients/delivery-facts.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Facts } from "~/ui/facts";
import { Form, FormActions, FieldRow } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { TextArea, TextField } from "~/ui/text-field";
import { Trail } from "~/ui/trail";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · ${data.campaign} · ${data.accountName}` : "Recipient" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { campaignId = "", contactId = "" } = args.params;
  const campaign = (await findCampaign(scope, campaignId)) ?? notFound();
  const recipient = (await findRecipient(scope, { campaignId, contactId })) ?? notFound();
  const { slug, timeZone, name: accountName } = scope.account;
  return {
    accountName,
    campaign: campaign.name,
    href: `/${slug}/campaigns/${campaign.id}`,
    letterHref: letterHref(slug, campaign, { contactId, leftOut: recipient.leftOut }),
    contactHref: recipient.name === null ? null : `/${slug}/contacts/${contactId}`,
    name: recipient.name ?? "A contact that is gone",
    stands: responseNames[recipient.response],
    leftOut: recipient.leftOut && leftOutNames[recipient.leftOut],
    notDelivered: notDelivered(recipient.delivery, recipient),
    mayRecord: can(scope, "campaigns.write") && campaign.state !== "draft",
    isDraft: campaign.state === "draft",
    currency: campaign.currency,
    today: dateIn(timeZone, scope.clock.now()),
    delivered: deliveryFacts(scope, campaign, recipient),
    answers: recipient.answers.map((answer) => answerLine(scope, campaign.currency, answer)),
  };
}

function letterHref(
  slug: string,
  { id, channel }: { id: string; channel: string },
  { contactId, leftOut }: { contactId: string; leftOut: string | null },
): string | null {
  if (channel !== "letter" || leftOut !== null) return null;
  return `/${slug}/campaigns/${id}/letters/preview?recipient=${contactId}`;
}

const refusals = {
  "is-draft": { at: "response", message: "The campaign has not begun: nobody has been written to." },
  "in-future": { at: "respondedOn", message: "That day is still to come." },
};

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "", contactId = "" } = args.params;
  const campaign = (await findCampaign(scope, campaignId)) ?? notFound();
  const schema = responseForm({ currency: campaign.currency, locale: scope.place.locale });
  const submission = parseWithZod(await readForm(args.request), { schema });
  if (submission.status !== "success") return refuse(submission.reply());
  const { value: valueMinor, ...answer } = submission.value;
  const result = await recordResponse(scope, { campaignId, contactId }, { ...answer, valueMinor });
  if (result.ok) {
    const { slug } = scope.account;
    const told = flash(
      `Recorded: ${responseNames[answer.response].toLowerCase()}.`,
      undoLink(slug, result.changeSetId),
    );
    return redirectTo(args, `/${slug}/campaigns/${campaignId}/recipients/${contactId}`, told);
  }
  if (result.reason === "not-found") return notFound();
  const { at, message } = refusals[result.reason];
  return refuse(submission.reply({ fieldErrors: { [at]: [message] } }));
}

export default function Recipient() {
  const { href, campaign, contactHref, letterHref, name, stands, leftOut, notDelivered, ...more } =
    useLoaderData<typeof loader>();
  const { isDraft, mayRecord, delivered, answers } = more;
  return (
    <>
      <PageHead
        title={name}
        line={`In this campaign: ${stands.toLowerCase()}.`}
        back={{ href, label: campaign }}
        actions={
          <>
            {letterHref ? <ButtonLink href={letterHref}>Letter</ButtonLink> : null}
            {contactHref ? <ButtonLink href={contactHref}>The contact</ButtonLink> : null}
          </>
        }
      />
      {leftOut ? <Banner tone="warn">Left out: {leftOut}. Nobody writes to them.</Banner> : null}
      {notDelivered ? <Banner tone="warn">{notDelivered}</Banner> : null}
      {isDraft ? <p className="quiet">The campaign has not begun: there are no answers yet.</p> : null}
      {delivered.length > 0 ? (
        <Panel title="How it reached them">
          <Facts facts={delivered} />
        </Panel>
      ) : null}
      {mayRecord ? <Record /> : null}
      {answers.length > 0 ? (
        <Panel title="What they answered">
          <Trail entries={answers} />
        </Panel>
      ) : null}
    </>
  );
}

function Record() {
  const { href, currency, today } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<ResponseFormFields>({
    id: "response",
    defaultValue: { respondedOn: today },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <Form id={form.id} fields={[fields.response, fields.respondedOn, fields.value, fields.note]} errors={form.errors}>
      <RadioGroup
        field={fields.response}
        label="How they answered"
        options={responses.map((value) => ({ value, label: responseNames[value] }))}
      />
      <FieldRow>
        <TextField field={fields.respondedOn} label="On" type="date" look="short" hint="The day of the answer." />
        <TextField
          field={fields.value}
          label={`Value in ${currency}`}
          hint="Of a conversion."
          optional
          inputMode="decimal"
          look="short"
          autoComplete="off"
        />
      </FieldRow>
      <TextArea field={fields.note} label="Note" optional rows={2} />
      <FormActions>
        <Button tone="primary">Record the answer</Button>
        <ButtonLink href={href}>Back to the campaign</ButtonLink>
      </FormActions>
    </Form>
  );
}
