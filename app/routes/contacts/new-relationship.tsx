import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { readView } from "~/features/contacts/list/contact-list";
import { findContactName } from "~/features/contacts/detail/find-contact.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { toOffered } from "~/features/contacts/relationships/offered-contacts.server";
import { RelationshipFields } from "~/features/contacts/relationships/relationship-fields";
import { newRelationshipForm, relationshipRefusals } from "~/features/contacts/relationships/relationship-form";
import { listTypesToChoose } from "~/features/contacts/relationships/relationship-types.server";
import { readingChoices } from "~/features/contacts/relationships/relationships";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { dayToType } from "~/features/contacts/values/typed-date";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound, refuse } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Add a relationship · ${data.contact.name} · ${data.accountName}` : "Add a relationship" },
];

const MOST_OFFERED = 12;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const view = readView(new URLSearchParams({ q: new URL(args.request.url).searchParams.get("q") ?? "" }));
  const found = view.query ? await listContacts(scope, view) : null;
  const others = found?.contacts.filter((other) => other.id !== contact.id) ?? [];
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  return {
    accountName: scope.account.name,
    path: `${base}/${contact.id}/relationships/new`,
    href: withBack(`${base}/${contact.id}`, list),
    list,
    contact,
    query: view.query,
    choices: readingChoices(await listTypesToChoose(scope)),
    exampleDay: dayToType("2024-03-01", scope.place.locale),
    // The contact itself may be among those that match, though further down: then one too many is told.
    total: found
      ? formatCount(found.total - (found.contacts.length - others.length), {
          capped: found.capped,
          locale: scope.place.locale,
        })
      : "0",
    found: others.slice(0, MOST_OFFERED).map(toOffered),
    isCut: others.length > MOST_OFFERED,
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const submission = parseWithZod(await readForm(args.request), {
    schema: newRelationshipForm({ ...scope.account, ...scope.place }),
  });
  if (submission.status !== "success") return refuse(submission.reply());

  const { otherId, reading, ...rest } = submission.value;
  const [fromId, toId] = reading.back ? [otherId, contact.id] : [contact.id, otherId];
  const result = await relate(scope, { ...rest, fromId, toId, type: reading.type });
  if (!result.ok) {
    if (result.reason === "not-found") return notFound();
    const [field, message] = relationshipRefusals[result.reason];
    return refuse(submission.reply({ fieldErrors: { [field]: [message] } }));
  }
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("Related.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contact.id}`, listBehind(args, base)), message);
}

type Fields = Record<"otherId" | "how" | "since" | "until" | "note", string>;

export default function NewRelationship() {
  const { contact, path, href, list, query, choices, exampleDay, found, total, isCut } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<Fields>({
    id: "relationship",
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <>
      <PageHead
        title="Add a relationship"
        line={`First find the other contact, then say how ${contact.name} stands to them.`}
        back={{ href, label: contact.name }}
      />
      <FilterBar action={path} submit="Find" hidden={list ? { back: list } : {}}>
        <FilterSearch name="q" label="Find the other contact" value={query} />
      </FilterBar>
      {query && found.length === 0 ? <p>Nobody is found for “{query}”. Try fewer words.</p> : null}
      {found.length > 0 ? (
        <Form
          id={form.id}
          fields={[fields.otherId, fields.how, fields.since, fields.until, fields.note]}
          errors={form.errors}
        >
          <RadioGroup field={fields.otherId} label="The other contact" options={found} />
          {isCut ? (
            <p className="hint">
              These are the first {found.length} of {total}: add a word to narrow.
            </p>
          ) : null}
          <RelationshipFields fields={fields} name={contact.name} choices={choices} exampleDay={exampleDay} />
          <FormActions>
            <Button tone="primary">Add</Button>
            <ButtonLink href={href}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      ) : null}
    </>
  );
}
