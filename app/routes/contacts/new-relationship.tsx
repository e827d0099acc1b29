import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readView } from "~/features/contacts/contact-list";
import { findContactName } from "~/features/contacts/find-contact.server";
import { listContacts } from "~/features/contacts/list-contacts.server";
import { parseReading, readingChoices } from "~/features/contacts/relationships";
import { relate } from "~/features/contacts/relationships.server";
import { withBack } from "~/features/contacts/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
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
    // The contact itself may be among those that match, though further down: then one too many is told.
    total: found
      ? formatCount(found.total - (found.contacts.length - others.length), { ...found, ...scope.account })
      : "0",
    found: others.slice(0, MOST_OFFERED).map((other) => ({
      value: other.id,
      label: other.name,
      hint: [other.company === other.name ? null : other.company, other.email].filter(Boolean).join(", "),
    })),
    isCut: others.length > MOST_OFFERED,
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
  if (!isId(otherId)) return refused({ how, otherId }, { otherId: "Choose the other contact." });
  if (!reading) return refused({ how, otherId }, { how: refusals["unknown-type"] });

  const [fromId, toId] = reading.back ? [otherId, contact.id] : [contact.id, otherId];
  const result = await relate(scope, { fromId, toId, type: reading.type });
  if (!result.ok) return refused({ how, otherId }, { otherId: refusals[result.reason] });
  const base = `/${scope.account.slug}/contacts`;
  return redirectTo(args, withBack(`${base}/${contact.id}`, listBehind(args, base)), flash("Related."));
}

type Typed = { how: string; otherId: string };

function refused(typed: Typed, errors: Partial<Typed>) {
  return data({ typed, errors }, { status: 422 });
}

export default function NewRelationship() {
  const { contact, path, href, list, query, found, total, isCut } = useLoaderData<typeof loader>();
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
      <FilterBar action={path} submit="Find" hidden={list ? { back: list } : {}}>
        <FilterSearch name="q" label="Find the other contact" value={query} />
      </FilterBar>
      {query && found.length === 0 ? <p>Nobody is found for “{query}”. Try fewer words.</p> : null}
      {found.length > 0 ? (
        <Form fields={[field("otherId"), field("how")]}>
          <RadioGroup field={field("otherId")} label="The other contact" options={found} />
          {isCut ? (
            <p className="hint">
              These are the first {found.length} of {total}: add a word to narrow.
            </p>
          ) : null}
          <Select field={field("how")} label={contact.name} empty="Choose how" options={[...readingChoices]} />
          <FormActions>
            <Button tone="primary">Add</Button>
            <ButtonLink href={href}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      ) : null}
    </>
  );
}
