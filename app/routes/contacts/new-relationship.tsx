import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readView } from "~/features/contacts/contact-list";
import { findContactName } from "~/features/contacts/find-contact.server";
import { listContacts } from "~/features/contacts/list-contacts.server";
import { parseReading, readingChoices } from "~/features/contacts/relationships";
import { relate } from "~/features/contacts/relationships.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup, Select } from "~/ui/choice-field";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Add a relationship · ${data.contact.name} · ${data.accountName}` : "Add a relationship" },
];

const MOST_OFFERED = 12;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const view = readView(new URLSearchParams({ q: new URL(args.request.url).searchParams.get("q") ?? "" }));
  const found = view.query ? (await listContacts(scope, view)).contacts : [];
  return {
    accountName: scope.account.name,
    href: `/${scope.account.slug}/contacts/${contact.id}`,
    contact,
    query: view.query,
    found: found
      .filter((other) => other.id !== contact.id)
      .slice(0, MOST_OFFERED)
      .map((other) => ({
        value: other.id,
        label: other.name,
        hint: [other.company === other.name ? null : other.company, other.email].filter(Boolean).join(", "),
      })),
  };
}

const refusals = {
  "not-found": "This contact is no longer there. Choose another one.",
  "same-contact": "A contact cannot be related to itself. Choose another one.",
  "unknown-type": "Choose how they are related.",
  "already-related": "They are related like this already.",
};

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const form = await readForm(args.request);
  const [how, otherId] = [onlyText(form, "how"), onlyText(form, "otherId")];
  const reading = parseReading(how);
  if (!reading) return refused({ how, otherId }, { how: refusals["unknown-type"] });
  if (!isId(otherId)) return refused({ how, otherId }, { otherId: "Choose the other contact." });

  const [fromId, toId] = reading.back ? [otherId, contact.id] : [contact.id, otherId];
  const result = await relate(scope, { fromId, toId, type: reading.type });
  if (!result.ok) return refused({ how, otherId }, { otherId: refusals[result.reason] });
  return redirectTo(args, `/${scope.account.slug}/contacts/${contact.id}`, flash("Related."));
}

type Typed = { how: string; otherId: string };

function refused(typed: Typed, errors: Partial<Typed>) {
  return data({ typed, errors }, { status: 422 });
}

export default function NewRelationship() {
  const { contact, href, query, found } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const field = (name: keyof Typed) => {
    const error = answer?.errors[name];
    return { name, value: answer?.typed[name] ?? "", errors: error ? [error] : undefined };
  };
  return (
    <>
      <PageHead
        title="Add a relationship"
        line={`First find the other contact, then say how ${contact.name} stands to them.`}
        back={{ href, label: contact.name }}
      />
      <FilterBar action={`${href}/relationships/new`} submit="Find">
        <FilterSearch name="q" label="Find the other contact" value={query} />
      </FilterBar>
      {query && found.length === 0 ? <p>Nobody is found for “{query}”. Try fewer words.</p> : null}
      {found.length > 0 ? (
        <Form fields={[field("how"), field("otherId")]}>
          <Select field={field("how")} label={contact.name} empty="Choose how" options={[...readingChoices]} />
          <RadioGroup field={field("otherId")} label="The other contact" options={found} />
          <FormActions>
            <Button tone="primary">Add</Button>
            <ButtonLink href={href}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      ) : null}
    </>
  );
}
