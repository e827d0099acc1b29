import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { channelNames, channels, isChannel, usualReasons } from "~/features/contacts/consent/consent";
import { limits } from "~/features/contacts/contact-limits";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { findContactName } from "~/features/contacts/detail/find-contact.server";
import { oneLine } from "~/features/contacts/values/typed-text";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound, refuse } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { CheckboxGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Do not contact · ${data.contact.name} · ${data.accountName}` : "Do not contact" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    contact,
    href: withBack(`${base}/${contact.id}`, listBehind(args, base)),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const form = await readForm(args.request);
  const chosen = form.getAll("channel").filter((channel) => typeof channel === "string" && isChannel(channel));
  const typed = { chosen: channels.filter((channel) => chosen.includes(channel)), reason: onlyText(form, "reason") };
  const reason = oneLine(typed.reason);
  if (typed.chosen.length === 0) return refuse({ typed, errors: { channel: ["Choose what not to do."], reason: [] } });
  if (!reason || Array.from(reason).length > limits.note) {
    const message = reason ? `Use at most ${limits.note} characters.` : "Give the reason: somebody will ask for it.";
    return refuse({ typed, errors: { channel: [], reason: [message] } });
  }
  const contactId = args.params.contactId ?? "";
  const result = await markDoNotContact(scope, contactId, { channels: typed.chosen, reason });
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("Marked.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
}

export default function DoNotContact() {
  const { contact, href } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const channel = { name: "channel", errors: answer?.errors.channel };
  const reason = { name: "reason", value: answer?.typed.reason ?? "", errors: answer?.errors.reason };
  return (
    <>
      <PageHead
        title="Do not contact"
        line={`From now on ${contact.name} is left out wherever one of these would be used, until a person lifts the mark.`}
        back={{ href, label: contact.name }}
      />
      <Form fields={[channel, reason]}>
        <CheckboxGroup
          field={channel}
          label="What not to use"
          chosen={answer?.typed.chosen ?? []}
          options={channels.map((value) => ({ value, label: channelNames[value] }))}
        />
        <TextField
          field={reason}
          label="Reason"
          hint="Choose one, or write your own."
          list="reasons"
          autoComplete="off"
          maxLength={limits.note}
        />
        <datalist id="reasons">
          {usualReasons.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
        <FormActions>
          <Button tone="primary">Mark</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
