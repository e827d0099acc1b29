import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { homeOf } from "~/features/contacts/address-text";
import { disagreements, lastToChange, savedWords } from "~/features/contacts/change-conflict";
import { ConflictBanner } from "~/features/contacts/conflict-banner";
import { ContactFields, fieldsInOrder } from "~/features/contacts/contact-fields";
import { listChoices } from "~/features/contacts/contact-choices.server";
import { type ContactFormDefaults, formDefaults } from "~/features/contacts/contact-form-defaults";
import { type ContactEdit, editContact, type EditResult } from "~/features/contacts/edit-contact.server";
import { editForm, originalText } from "~/features/contacts/edit-form";
import { findContact } from "~/features/contacts/find-contact.server";
import { listHistory } from "~/features/contacts/history.server";
import { formPlace } from "~/features/contacts/form-place.server";
import { assignOwner } from "~/features/contacts/owners.server";
import { withBack } from "~/features/contacts/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { Button, ButtonLink, HiddenFields } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Edit ${data.name} · Contacts · ${data.accountName}` : "Edit" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    place: scope.place,
    href: withBack(`${base}/${contact.id}`, listBehind(args, base)),
    name: contact.name,
    form: formDefaults(contact.values, formPlace(scope), contact.owner?.id),
    carried: {
      version: String(contact.version),
      original: originalText(contact.values),
      ownedBy: contact.owner?.id ?? "",
    },
    choices: await listChoices(scope, { language: contact.values.language, ownerId: contact.owner?.id ?? null }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contactId = args.params.contactId ?? "";
  if (!isId(contactId)) return notFound();
  const form = await readForm(args.request);
  // What the form was opened with stays with it until it is saved.
  const carried = {
    version: onlyText(form, "version"),
    original: onlyText(form, "original"),
    ownedBy: onlyText(form, "ownedBy"),
  };
  const submission = parseWithZod(form, { schema: editForm(formPlace(scope)) });
  if (submission.status !== "success") return refused({ carried, reply: submission.reply() });

  const edit = submission.value;
  const result = await editContact(scope, contactId, edit);
  if (result.ok) {
    const owner = onlyText(form, "owner");
    const isGiven = form.has("owner") && owner !== carried.ownedBy;
    if (isGiven) await assignOwner(scope, [contactId], owner || null);
    const base = `/${scope.account.slug}/contacts`;
    const message = flash(await saved(scope, contactId, result));
    return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
  }
  if (result.reason === "not-found") return notFound();
  if (result.reason === "conflict")
    return refused({
      carried,
      conflict: await conflictOf(scope, contactId, result, { edit, ownerId: onlyText(form, "owner") }),
    });
  return refused({ carried, reply: submission.reply({ formErrors: ["Give something to know this contact by."] }) });
}

interface Refusal {
  carried: { version: string; original: string; ownedBy: string };
  reply?: SubmissionResult<string[]>;
  conflict?: Awaited<ReturnType<typeof conflictOf>>;
}

function refused({ carried, reply, conflict }: Refusal) {
  return data({ carried, reply: reply ?? null, conflict: conflict ?? null }, { status: 422 });
}

/** What the page shows to whoever came second. */
async function conflictOf(
  scope: Scope,
  contactId: string,
  { theirs, version, merge }: Extract<EditResult, { reason: "conflict" }>,
  { edit, ownerId }: { edit: ContactEdit; ownerId: string },
) {
  const { original = null, values: mine } = edit;
  const { entries } = await listHistory(scope, contactId);
  const latest = lastToChange(entries, merge.clashes);
  return {
    version,
    who: latest?.who ?? null,
    at: latest?.at ?? scope.clock.now(),
    fields: disagreements(merge.clashes, { original, theirs, mine }, homeOf({ ...scope.account, ...scope.place })),
    form: formDefaults(merge.merged, formPlace(scope), ownerId),
  };
}

async function saved(scope: Scope, contactId: string, { kept }: Extract<EditResult, { ok: true }>): Promise<string> {
  if (kept.length === 0) return savedWords([], undefined);
  const { entries } = await listHistory(scope, contactId);
  return savedWords(kept, lastToChange(entries, kept));
}

const CHANGED_MEANWHILE = "Somebody else has changed the same since you opened it. Nothing of yours is saved yet.";

export default function EditContact() {
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const conflict = answer?.conflict;
  const [form, fields] = useForm<ContactFormDefaults>({
    id: "contact",
    defaultValue: conflict?.form ?? loaded.form,
    lastResult: answer?.reply,
  });
  const { href, name, place, choices } = loaded;
  return (
    <>
      <PageHead title={`Edit ${name}`} back={{ href, label: name }} />
      {conflict ? <ConflictBanner {...conflict} place={place} /> : null}
      <Form
        id={form.id}
        fields={fieldsInOrder(fields)}
        errors={conflict ? [CHANGED_MEANWHILE] : form.errors}
        hidden={answer?.carried ?? loaded.carried}
      >
        <ContactFields form={form} fields={fields} choices={choices} />
        <FormActions>
          {conflict ? <Choices seen={conflict.version} /> : <Button tone="primary">Save</Button>}
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}

/** Good only for the version of theirs that is shown. */
function Choices({ seen }: { seen: number }) {
  return (
    <>
      <HiddenFields fields={{ seen: String(seen) }} />
      <Button tone="primary" name="choice" value="mine">
        Save mine for these
      </Button>
      <Button name="choice" value="theirs">
        Keep theirs for these
      </Button>
    </>
  );
}
