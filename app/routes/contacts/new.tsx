import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ContactFields, fieldsInOrder } from "~/features/contacts/contact-fields";
import { contactForm, type ContactFormDefaults, formDefaults } from "~/features/contacts/contact-form";
import { createContact } from "~/features/contacts/edit-contact.server";
import { listTags } from "~/features/contacts/tags.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `New contact · Contacts · ${data.accountName}` : "New contact" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const tags = await listTags(scope);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/contacts`,
    tagNames: tags.map((tag) => tag.name),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const submission = parseWithZod(await readForm(args.request), { schema: contactForm(scope.account) });
  if (submission.status !== "success") return refuse(submission.reply());

  const result = await createContact(scope, submission.value.values);
  if (!result.ok) return refuse(submission.reply({ formErrors: ["Give something to know this contact by."] }));

  return redirectTo(args, `/${scope.account.slug}/contacts/${result.id}`, flash("Saved."));
}

export default function NewContact() {
  const { base, tagNames } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<ContactFormDefaults>({
    id: "contact",
    defaultValue: formDefaults(),
    lastResult: useActionData<typeof action>(),
  });
  return (
    <>
      <PageHead title="New contact" back={{ href: base, label: "Contacts" }} />
      <Form id={form.id} fields={fieldsInOrder(fields)} errors={form.errors}>
        <ContactFields form={form} fields={fields} tagNames={tagNames} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={base}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
