import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type Mailing, mailingLimits, sentWhenNames, sentWhens } from "~/features/campaigns/mailing/mailing";
import { mailingForm, type MailingFormFields } from "~/features/campaigns/mailing/mailing-form";
import { saveMailing } from "~/features/campaigns/mailing/save-mailing.server";
import { refuse, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `How it is sent · ${data.name} · ${data.accountName}` : "How it is sent" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { id, name, mailing } = await findEmailCampaign(scope, args.params.campaignId);
  const href = `/${scope.account.slug}/campaigns/${id}/sending`;
  const from = args.context.env.mail?.from.address ?? null;
  return { accountName: scope.account.name, name, href, from, form: typedOf(mailing) };
}

/** As the form shows what is stored. */
function typedOf({ senderName, replyTo, dkimSelector, mailsAMinute, sentWhen }: Mailing): MailingFormFields {
  return {
    senderName: senderName ?? "",
    replyTo: replyTo ?? "",
    dkimSelector: dkimSelector ?? "",
    mailsAMinute: String(mailsAMinute),
    sentWhen,
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { id } = await findEmailCampaign(scope, args.params.campaignId);
  const submission = parseWithZod(await readForm(args.request), { schema: mailingForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await saveMailing(scope, id, submission.value);
  if (!result.ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/campaigns/${id}/sending`, flash("Saved."));
}

export default function MailingSettings() {
  const { href, name, form: stored } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<MailingFormFields>({
    id: "mailing",
    defaultValue: stored,
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  const { senderName, replyTo, dkimSelector, mailsAMinute, sentWhen } = fields;
  return (
    <>
      <PageHead title="How it is sent" line={name} back={{ href, label: "Before sending" }} />
      <Form id={form.id} fields={[senderName, replyTo, mailsAMinute, sentWhen, dkimSelector]} errors={form.errors}>
        <Fields fields={fields} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}

function Fields({ fields }: { fields: ReturnType<typeof useForm<MailingFormFields>>[1] }) {
  const { from, accountName } = useLoaderData<typeof loader>();
  return (
    <>
      <TextField
        field={fields.senderName}
        label="Sender’s name"
        hint={`Whom it is from. Without one: ${accountName}.${from ? ` The address is ${from}.` : ""}`}
        optional
        autoComplete="off"
        maxLength={mailingLimits.senderName}
      />
      <TextField
        field={fields.replyTo}
        label="Replies go to"
        hint="An email that somebody reads."
        optional
        type="email"
        autoComplete="off"
      />
      <TextField
        field={fields.mailsAMinute}
        label="Mails a minute"
        hint="What your mail service allows. Sixty suits most."
        inputMode="numeric"
        look="short"
        autoComplete="off"
      />
      <RadioGroup
        field={fields.sentWhen}
        label="When it goes out"
        options={sentWhens.map((value) => ({ value, label: sentWhenNames[value], hint: hints[value] }))}
      />
      <TextField
        field={fields.dkimSelector}
        label="DKIM selector"
        hint="The name of the key that your mail service signs with, if you know it. Then it is looked up before sending."
        optional
        look="code"
        autoComplete="off"
      />
    </>
  );
}

const hints = {
  "any-time": "As soon as the rate allows.",
  "working-hours": "Monday to Friday, 9 to 17, where they live; where that is not known, by your own clock.",
};
