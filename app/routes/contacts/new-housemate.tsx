import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { findContactName } from "~/features/contacts/detail/find-contact.server";
import { correctHousehold } from "~/features/contacts/household/household.server";
import { offerContacts } from "~/features/contacts/relationships/offered-contacts.server";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound, refuse } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { FilterBar, FilterSearch } from "~/ui/filter-bar";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Add to the household · ${data.contact.name} · ${data.accountName}` : "Add to the household" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  return {
    accountName: scope.account.name,
    path: `${base}/${contact.id}/household`,
    href: withBack(`${base}/${contact.id}`, list),
    list,
    contact,
    ...(await offerContacts(scope, new URL(args.request.url).searchParams.get("q"), contact.id)),
  };
}

const refusals = {
  "same-contact": "That is the contact itself. Choose another one.",
  "not-a-person": "Only people live together. Choose a person.",
};

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContactName(scope, args.params.contactId ?? "")) ?? notFound();
  const otherId = onlyText(await readForm(args.request), "otherId");
  if (!isId(otherId)) return refuse({ errors: ["Choose who lives there."] });
  const result = await correctHousehold(scope, { contactId: contact.id, otherId, kind: "together" });
  if (!result.ok) return result.reason === "not-found" ? notFound() : refuse({ errors: [refusals[result.reason]] });
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("They are one household.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contact.id}`, listBehind(args, base)), message);
}

export default function NewHousemate() {
  const { contact, path, href, list, query, offered, isCut } = useLoaderData<typeof loader>();
  const field = { name: "otherId", errors: useActionData<typeof action>()?.errors };
  return (
    <>
      <PageHead
        title="Add to the household"
        line={`Who lives with ${contact.name}, though address and family name do not say so?`}
        back={{ href, label: contact.name }}
      />
      <FilterBar action={path} submit="Find" hidden={list ? { back: list } : {}}>
        <FilterSearch name="q" label="Find the other person" value={query} />
      </FilterBar>
      {query && offered.length === 0 ? <p>Nobody is found for “{query}”. Try fewer words.</p> : null}
      {offered.length > 0 ? (
        <Form fields={[field]}>
          <RadioGroup field={field} label="Lives in this household" options={offered} />
          {isCut ? <p className="hint">More are found than these: add a word to narrow.</p> : null}
          <FormActions>
            <Button tone="primary">Add</Button>
            <ButtonLink href={href}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      ) : null}
    </>
  );
}
