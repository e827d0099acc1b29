import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { disagreements } from "~/features/contacts/change-conflict";
import { ConflictBanner } from "~/features/contacts/conflict-banner";
import { ContactFields, fieldsInOrder } from "~/features/contacts/contact-fields";
import { contactForm, type ContactFormDefaults, formDefaults } from "~/features/contacts/contact-form";
import { editContact } from "~/features/contacts/edit-contact.server";
import { type ContactDetail, findContact } from "~/features/contacts/find-contact.server";
import { listHistory } from "~/features/contacts/history.server";
import { listTags } from "~/features/contacts/tags.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { type ContactValues } from "~/features/contacts/contact";
import { type Scope } from "~/platform/scope.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Edit ${data.name} · Contacts · ${data.accountName}` : "Edit" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const tags = await listTags(scope);
  return {
    accountName: scope.account.name,
    place: { timeZone: scope.account.timeZone, locale: scope.account.locale },
    href: `/${scope.account.slug}/contacts/${contact.id}`,
    name: contact.name,
    form: formDefaults(contact.values, contact.version),
    tagNames: tags.map((tag) => tag.name),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contactId = args.params.contactId ?? "";
  const contact = (await findContact(scope, contactId)) ?? notFound();
  const submission = parseWithZod(await readForm(args.request), { schema: contactForm(scope.account) });
  if (submission.status !== "success") return data({ reply: submission.reply(), conflict: null }, { status: 422 });

  const result = await editContact(scope, contactId, submission.value);
  if (result.ok) return redirectBack(args, `/${scope.account.slug}/contacts/${contact.id}`, flash("Saved."));
  if (result.reason === "not-found") return notFound();
  const conflict =
    result.reason === "conflict" ? await conflictOf(scope, contact, result, submission.value.values) : null;
  const formErrors = [conflict ? CHANGED_MEANWHILE : "Give something to know this contact by."];
  return data({ reply: submission.reply({ formErrors }), conflict }, { status: 422 });
}

/** What the page shows to whoever came second. */
async function conflictOf(
  scope: Scope,
  contact: ContactDetail,
  { theirs, version }: { theirs: ContactValues; version: number },
  mine: ContactValues,
) {
  const [latest] = (await listHistory(scope, contact.id)).entries;
  return {
    version,
    who: latest?.who ?? null,
    at: latest?.at ?? contact.changedAt,
    fields: disagreements(theirs, mine),
  };
}

const CHANGED_MEANWHILE = "Somebody else has changed this contact since you opened it. Nothing of yours is saved yet.";

export default function EditContact() {
  const { href, name, place, tagNames, form: defaults } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<ContactFormDefaults>({
    id: "contact",
    defaultValue: defaults,
    lastResult: answer?.reply,
  });
  const version = answer?.conflict?.version ?? fields.version.initialValue ?? defaults.version;
  return (
    <>
      <PageHead title={`Edit ${name}`} back={{ href, label: name }} />
      <Form id={form.id} fields={fieldsInOrder(fields)} errors={form.errors} hidden={{ version: String(version) }}>
        {answer?.conflict ? <ConflictBanner {...answer.conflict} place={place} /> : null}
        <ContactFields form={form} fields={fields} tagNames={tagNames} />
        <FormActions>
          <Button tone="primary">{answer?.conflict ? "Save mine over theirs" : "Save"}</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
