import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { isWebhookKind, type WebhookKind, webhookNames } from "~/features/campaigns/mailing/webhook-kinds";
import { findWebhook, saveWebhook } from "~/features/campaigns/mailing/webhooks.server";
import { oneLine } from "~/features/contacts/values/typed-text";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { TextField } from "~/ui/text-field";
import { type RouteHandle } from "~/route-handle";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.service} · Mail reports · ${data.name}` : "Mail reports" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { kind } = args.params;
  if (!isWebhookKind(kind)) return notFound();
  const hook = await findWebhook(scope, kind);
  const { name, slug } = scope.account;
  return {
    ...{ name, slug, kind, service: webhookNames[kind] },
    hook: hook && {
      address: args.context.env.appOrigin + hook.path,
      proof: hook.proof,
      confirmUrl: hook.confirmUrl,
      made: formatInstant(scope.place, hook.madeAt),
      last: hook.lastAt ? formatInstant(scope.place, hook.lastAt) : "Nothing yet",
    },
  };
}

const refusals = {
  "no-topic": "This is no topic of Amazon SNS. It begins with arn:aws:sns: and is copied whole.",
  "no-key": "This is no key of SendGrid's. Copy the whole verification key, which ends with =.",
};

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { kind } = args.params;
  if (!isWebhookKind(kind)) return notFound();
  const proof = oneLine(onlyText(await readForm(args.request), "proof"));
  const saved = await saveWebhook(scope, kind, proof);
  if (!saved.ok) return refuse({ proof: proof.slice(0, 1_000), error: refusals[saved.reason] });
  const told = flash(`The address for ${webhookNames[kind]} is made. Tell it there.`);
  return redirectTo(args, `/${scope.account.slug}/settings/mail-reports/${kind}`, told);
}

/** What is to be done, in the service's own words. */
const steps: Record<WebhookKind, { proofLabel: string; proofHint: string; how: string }> = {
  ses: {
    proofLabel: "Topic ARN",
    proofHint: "Like arn:aws:sns:eu-west-1:123456789012:bounces.",
    how: "At Amazon make an SNS topic, have SES publish bounces and complaints to it, and subscribe this address to it by HTTPS. Amazon then asks for a confirmation, which is shown here.",
  },
  sendgrid: {
    proofLabel: "Verification key",
    proofHint: "SendGrid shows it where signing of the event webhook is switched on.",
    how: "At SendGrid add an event webhook with this address, for bounced, dropped, spam reports and unsubscribes, and switch the signing on.",
  },
  hmac: {
    proofLabel: "Secret",
    proofHint: "",
    how: 'Send {"events": [{"event": "failed", "recipient": "…", "messageId": "…", "status": "5.1.1"}]} by POST, with X-Tallybook-Timestamp (Unix seconds) and X-Tallybook-Signature: sha256= and the HMAC-SHA256 of timestamp, full stop and body, in hex. Events are failed, complained, unsubscribed, delayed and delivered.',
  },
};

export default function MailService() {
  const { slug, service, kind, hook } = useLoaderData<typeof loader>();
  const { how, proofLabel } = steps[kind];
  const here = `/${slug}/settings/mail-reports/${kind}`;
  return (
    <SettingsPage
      slug={slug}
      part="/mail-reports"
      title={service}
      line="Tells which mails came back, and who complained or unsubscribed."
      actions={<ButtonLink href={`/${slug}/settings/mail-reports`}>All services</ButtonLink>}
    >
      {hook?.confirmUrl ? (
        <Banner tone="warn">
          Amazon asks whether its messages are wanted here. <a href={hook.confirmUrl}>Confirm it at Amazon</a>.
        </Banner>
      ) : null}
      {hook ? (
        <Panel title="Set up" line={how}>
          <Facts
            facts={[
              { label: "Address", value: <code className="key">{hook.address}</code> },
              { label: proofLabel, value: <code className="key">{hook.proof}</code> },
              { label: "Made", value: hook.made },
              { label: "Last told us something", value: hook.last },
            ]}
          />
        </Panel>
      ) : null}
      <Panel
        title={hook ? "Replace it" : "Set it up"}
        line={hook ? "Another address takes the place of this one, which then works no longer." : how}
      >
        <ProofForm />
        {hook ? (
          <div className="mt-4">
            <PostButton tone="bare" action={`${here}/removal`}>
              Take it away
            </PostButton>
          </div>
        ) : null}
      </Panel>
    </SettingsPage>
  );
}

function ProofForm() {
  const { kind, hook } = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>();
  const { proofLabel, proofHint } = steps[kind];
  const proof = { name: "proof", value: wrong?.proof ?? hook?.proof, errors: wrong && [wrong.error] };
  return (
    <Form fields={[proof]}>
      {kind === "hmac" ? null : (
        <TextField field={proof} label={proofLabel} hint={proofHint} autoComplete="off" spellCheck={false} />
      )}
      <FormActions>
        <Button tone={hook ? "plain" : "primary"}>{hook ? "Make another address" : "Make the address"}</Button>
      </FormActions>
    </Form>
  );
}
