import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { homeOf } from "~/features/contacts/values/address-text";
import { disagreements, lastToChange, savedWords } from "~/features/contacts/form/change-conflict";
import { type Conflict, ConflictPage } from "~/features/contacts/form/conflict-page";
import { ContactFields, fieldsInOrder } from "~/features/contacts/form/contact-fields";
import { listChoices } from "~/features/contacts/form/contact-choices.server";
import { type ContactFormDefaults, formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { type ContactEdit, type EditResult } from "~/features/contacts/edit-contact.server";
import { editForm, originalText } from "~/features/contacts/form/edit-form";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { wholeFormPlace } from "~/features/contacts/form/form-place.server";
import { cannotSave } from "~/features/contacts/form/cannot-save";
import { saveContact } from "~/features/contacts/save-contact.server";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
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
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    place: scope.place,
    href: withBack(`${base}/${contact.id}`, listBehind(args, base)),
    name: contact.name,
    form: formDefaults(contact.values, await wholeFormPlace(scope), contact.owner?.id),
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
  const submission = parseWithZod(form, { schema: editForm(await wholeFormPlace(scope)) });
  if (submission.status !== "success") return refused({ carried, reply: submission.reply() });

  if (onlyText(form, "again")) return refused({ carried, reply: submission.reply({ formErrors: [NOTHING_SAVED] }) });
  const edit = submission.value;
  const result = await saveContact(scope, contactId, { edit, ownerId: ownerIn(form) });
  if (result.ok) {
    const base = `/${scope.account.slug}/contacts`;
    const message = flash(await saved(scope, contactId, result), undoLink(scope.account.slug, result.changeSetId));
    return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
  }
  if (result.reason === "not-found") return notFound();
  if (result.reason === "conflict") {
    return refused({ carried, conflict: await conflictOf(scope, contactId, result, { edit, typed: typedIn(form) }) });
  }
  return refused({ carried, reply: submission.reply(cannotSave[result.reason]) });
}

/** Another owner than the form was opened with. */
function ownerIn(form: FormData): string | null | undefined {
  const owner = onlyText(form, "owner");
  return form.has("owner") && owner !== onlyText(form, "ownedBy") ? owner || null : undefined;
}

interface Refusal {
  carried: { version: string; original: string; ownedBy: string };
  reply?: SubmissionResult<string[]>;
  conflict?: Conflict;
}

function refused({ carried, reply, conflict }: Refusal) {
  return data({ carried, reply: reply ?? null, conflict: conflict ?? null }, { status: 422 });
}

/** All that was typed, without what the page of the conflict adds. */
function typedIn(form: FormData): [string, string][] {
  return [...form].flatMap(([name, value]): [string, string][] =>
    typeof value !== "string" || name === "seen" || name.startsWith("choices.") ? [] : [[name, value]],
  );
}

/** What the page shows to whoever came second. */
async function conflictOf(
  scope: Scope,
  contactId: string,
  { theirs, version, merge }: Extract<EditResult, { reason: "conflict" }>,
  { edit, typed }: { edit: ContactEdit; typed: [string, string][] },
): Promise<Conflict> {
  const { original = null, values: mine, seen, choices = {} } = edit;
  const { entries } = await listHistory(scope, contactId);
  const latest = lastToChange(entries, merge.clashes);
  const isSeen = seen === version;
  return {
    version,
    who: latest?.who ?? null,
    at: latest?.at ?? scope.clock.now(),
    fields: disagreements(
      merge.clashes,
      { original, theirs, mine },
      homeOf({ ...scope.account, ...scope.place }, await customFields(scope)),
    ),
    choices: isSeen ? choices : {},
    again: seen === undefined ? null : isSeen ? "not-chosen" : "changed-again",
    typed,
  };
}

async function saved(scope: Scope, contactId: string, { kept }: Extract<EditResult, { ok: true }>): Promise<string> {
  if (kept.length === 0) return savedWords([], undefined);
  const { entries } = await listHistory(scope, contactId);
  return savedWords(kept, lastToChange(entries, kept), await customFields(scope));
}

const NOTHING_SAVED = "This is what you typed. Nothing of it is saved yet.";

export default function EditContact() {
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<ContactFormDefaults>({
    id: "contact",
    defaultValue: loaded.form,
    lastResult: answer?.reply,
  });
  const { href, name, place, choices } = loaded;
  if (answer?.conflict) {
    return (
      <>
        <PageHead title={`Edit ${name}`} back={{ href, label: name }} />
        <ConflictPage {...answer.conflict} place={place} cancelHref={href} />
      </>
    );
  }
  return (
    <>
      <PageHead title={`Edit ${name}`} back={{ href, label: name }} />
      <Form
        id={form.id}
        fields={fieldsInOrder(fields, choices.fields)}
        errors={form.errors}
        hidden={answer?.carried ?? loaded.carried}
      >
        <ContactFields form={form} fields={fields} choices={choices} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
