import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { AlikeBanner } from "~/features/contacts/form/alike-banner";
import { nothingKnown } from "~/features/contacts/contact";
import { cannotSave } from "~/features/contacts/form/cannot-save";
import { ContactFields, fieldsInOrder } from "~/features/contacts/form/contact-fields";
import { listChoices } from "~/features/contacts/form/contact-choices.server";
import { contactForm } from "~/features/contacts/form/contact-form";
import { type ContactFormDefaults, formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { type AlikeContact, findAlike } from "~/features/contacts/form/find-alike.server";
import { wholeFormPlace } from "~/features/contacts/form/form-place.server";
import { addContact } from "~/features/contacts/save-contact.server";
import { withBack } from "~/features/contacts/list/way-back";
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
  { title: data ? `New contact · Contacts · ${data.accountName}` : "New contact" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    base,
    listHref: listBehind(args, base) ?? base,
    form: formDefaults(nothingKnown, await wholeFormPlace(scope), scope.user?.id),
    choices: await listChoices(scope, { language: null, ownerId: null }),
  };
}

const ALIKE = "This contact may be there already.";

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const form = await readForm(args.request);
  const confirmed = onlyText(form, "confirmed").split(",");
  const submission = parseWithZod(form, { schema: contactForm(await wholeFormPlace(scope)) });
  if (submission.status !== "success") return refused(submission.reply());

  const alike = await findAlike(scope, submission.value);
  if (!alike.every((contact) => confirmed.includes(contact.id))) {
    return refused(submission.reply({ formErrors: [ALIKE] }), alike);
  }
  const owner = onlyText(form, "owner");
  const ownerId = form.has("owner") && owner !== scope.user?.id ? owner || null : undefined;
  const result = await addContact(scope, { values: submission.value, ownerId });
  if (!result.ok) return refused(submission.reply(cannotSave[result.reason]));
  const base = `/${scope.account.slug}/contacts`;
  return redirectTo(
    args,
    withBack(`${base}/${result.id}`, listBehind(args, base)),
    flash("Saved.", undoLink(scope.account.slug, result.changeSetId)),
  );
}

function refused(reply: SubmissionResult<string[]>, alike: AlikeContact[] = []) {
  return data({ reply, alike }, { status: 422 });
}

export default function NewContact() {
  const { base, listHref, form: blank, choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const alike: AlikeContact[] = answer?.alike ?? [];
  const [form, fields] = useForm<ContactFormDefaults>({
    id: "contact",
    defaultValue: blank,
    lastResult: answer?.reply,
  });
  return (
    <>
      <PageHead title="New contact" back={{ href: listHref, label: "Contacts" }} />
      {alike.length > 0 ? (
        <div role="alert" tabIndex={-1} autoFocus>
          <h2 className="sr-only">{ALIKE}</h2>
          <AlikeBanner alike={alike} base={base} />
        </div>
      ) : null}
      <Form id={form.id} fields={fieldsInOrder(fields, choices.fields)} errors={alike.length > 0 ? [] : form.errors}>
        <ContactFields form={form} fields={fields} choices={choices} />
        <FormActions>
          {alike.length > 0 ? (
            <Button tone="primary" name="confirmed" value={alike.map((contact) => contact.id).join(",")}>
              Save anyway
            </Button>
          ) : (
            <Button tone="primary">Save</Button>
          )}
          <ButtonLink href={listHref}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
