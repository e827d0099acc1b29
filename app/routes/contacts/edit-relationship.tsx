import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { findContactName } from "~/features/contacts/detail/find-contact.server";
import { findRelated } from "~/features/contacts/relationships/related.server";
import { RelationshipFields } from "~/features/contacts/relationships/relationship-fields";
import {
  relationshipDefaults,
  relationshipForm,
  relationshipRefusals,
} from "~/features/contacts/relationships/relationship-form";
import { periodWords } from "~/features/contacts/relationships/relationship-period";
import { listTypesToChoose } from "~/features/contacts/relationships/relationship-types.server";
import { readingChoices, readingValue, readingWords } from "~/features/contacts/relationships/relationships";
import { editRelationship, relatedText } from "~/features/contacts/relationships/relationships.server";
import { dayToType } from "~/features/contacts/values/typed-date";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Change a relationship · ${data.name} · ${data.accountName}` : "Change a relationship" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "", relationshipId = "" } = args.params;
  const contact = (await findContactName(scope, contactId)) ?? notFound();
  const related = (await findRelated(scope, contactId, relationshipId)) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  const choices = readingChoices(await listTypesToChoose(scope, related.type));
  return {
    accountName: scope.account.name,
    name: contact.name,
    otherName: related.name,
    href: withBack(`${base}/${contact.id}`, listBehind(args, base)),
    form: {
      how: readingValue(related, choices),
      ...relationshipDefaults(related, { ...scope.account, ...scope.place }),
    },
    original: relatedText(contact.id, related),
    choices,
    exampleDay: dayToType("2024-03-01", scope.place.locale),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "", relationshipId = "" } = args.params;
  const form = await readForm(args.request);
  const submission = parseWithZod(form, { schema: relationshipForm({ ...scope.account, ...scope.place }) });
  const original = onlyText(form, "original");
  if (submission.status !== "success") return data({ reply: submission.reply(), original }, { status: 422 });

  const { reading, ...rest } = submission.value;
  const result = await editRelationship(scope, { ...rest, ...reading, contactId, relationshipId });
  if (!result.ok) {
    if (result.reason === "not-found") return notFound();
    if (result.reason === "changed-meanwhile") {
      const { now } = result;
      const words = readingWords(now.type, now.fromContactId !== contactId, now);
      const says = [words, periodWords(now, scope.place), now.note].filter(Boolean).join(", ");
      const message = `Somebody else has changed this meanwhile. It says now: ${says}. Save again to have it as you typed.`;
      return data({ reply: submission.reply({ formErrors: [message] }), original: result.original }, { status: 422 });
    }
    const [field, message] = relationshipRefusals[result.reason];
    return data({ reply: submission.reply({ fieldErrors: { [field]: [message] } }), original }, { status: 422 });
  }
  const base = `/${scope.account.slug}/contacts`;
  const message = result.changeSetId ? "Saved." : "Nothing was changed.";
  return redirectTo(
    args,
    withBack(`${base}/${contactId}`, listBehind(args, base)),
    flash(message, undoLink(scope.account.slug, result.changeSetId)),
  );
}

type Fields = Record<"how" | "since" | "until" | "note", string>;

export default function EditRelationship() {
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<Fields>({
    id: "relationship",
    defaultValue: loaded.form,
    lastResult: answer?.reply,
  });
  const { href, name, otherName, choices } = loaded;
  return (
    <>
      <PageHead title={`${name} and ${otherName}`} back={{ href, label: name }} />
      <Form
        id={form.id}
        fields={[fields.how, fields.since, fields.until, fields.note]}
        errors={form.errors}
        hidden={{ original: answer?.original ?? loaded.original }}
      >
        <RelationshipFields fields={fields} name={name} choices={choices} exampleDay={loaded.exampleDay} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
