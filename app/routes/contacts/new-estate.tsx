import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { birthdayText, readDiedOn } from "~/features/contacts/values/birthday";
import { type FormPlace } from "~/features/contacts/form/contact-form";
import { limits } from "~/features/contacts/contact-limits";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { formPlace } from "~/features/contacts/form/form-place.server";
import { makeEstate, type NewEstate as Estate } from "~/features/contacts/relationships/make-estate.server";
import { offerContacts } from "~/features/contacts/relationships/offered-contacts.server";
import { dayToType } from "~/features/contacts/values/typed-date";
import { oneLine } from "~/features/contacts/values/typed-text";
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
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Make their estate · ${data.contact.name} · ${data.accountName}` : "Make their estate" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const { kind, diedOn } = contact.values;
  if (kind !== "individual") return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  return {
    accountName: scope.account.name,
    path: `${base}/${contact.id}/estate`,
    href: withBack(`${base}/${contact.id}`, list),
    list,
    exampleDay: dayToType("2026-02-11", scope.place.locale),
    contact: { name: contact.name, diedOn: diedOn && birthdayText(diedOn, scope.place.locale) },
    ...(await offerContacts(scope, new URL(args.request.url).searchParams.get("q"), contact.id)),
  };
}

const refusals = {
  "no-date": ["diedOn", "Give the date of death."],
  "made-already": ["diedOn", "Their estate is there already: see Related on their page."],
  "executor-not-found": ["executorName", "This contact is no longer there. Choose another one, or give a name."],
  "own-executor": ["executorName", "Nobody is the executor of their own estate. Choose another contact."],
} as const;

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const form = await readForm(args.request);
  const typed = {
    diedOn: onlyText(form, "diedOn"),
    executorId: onlyText(form, "executorId"),
    executorName: onlyText(form, "executorName"),
  };
  const { estate, errors } = readEstate(typed, { ...formPlace(scope), birthday: contact.values.birthday });
  if (Object.keys(errors).length > 0) return refuse({ typed, errors });

  const result = await makeEstate(scope, contact.id, estate);
  if (!result.ok) {
    if (result.reason === "not-found" || result.reason === "not-a-person") return notFound();
    const [field, message] = refusals[result.reason];
    return refuse({ typed, errors: { [field]: [message] } as Errors });
  }
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("The estate is made.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${result.estateId}`, listBehind(args, base)), message);
}

type Typed = Record<"diedOn" | "executorId" | "executorName", string>;
type Errors = Partial<Record<keyof Typed, string[]>>;

function readEstate(typed: Typed, { phoneCountry, ...place }: FormPlace & { birthday: string | null }) {
  const errors: Errors = {};
  const reading = typed.diedOn.trim() ? readDiedOn(oneLine(typed.diedOn), { ...place, country: phoneCountry }) : null;
  if (reading && !reading.ok) errors.diedOn = [reading.reason];
  const name = oneLine(typed.executorName);
  if (Array.from(name).length > limits.name) errors.executorName = [`Use at most ${limits.name} characters.`];
  const chosen = isId(typed.executorId) ? { contactId: typed.executorId } : null;
  const estate: Estate = { diedOn: reading?.ok ? reading.value : null, executor: name ? { name } : chosen };
  return { estate, errors };
}

export default function NewEstate() {
  const { contact, path, href, list, query, exampleDay, offered, isCut } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const field = (name: "diedOn" | "executorId" | "executorName") => ({
    name,
    value: answer?.typed[name] ?? "",
    errors: answer?.errors[name],
  });
  const fields = [field("diedOn"), field("executorId"), field("executorName")];
  return (
    <>
      <PageHead
        title="Make their estate"
        line={`A contact “Estate of ${contact.name}” is made. Letters to it go to its executor, in care of whom it is.`}
        back={{ href, label: contact.name }}
      />
      <FilterBar action={path} submit="Find" hidden={list ? { back: list } : {}}>
        <FilterSearch name="q" label="Find the executor among the contacts" value={query} />
      </FilterBar>
      {query && offered.length === 0 ? (
        <p>Nobody is found for “{query}”. Try fewer words, or give a name below.</p>
      ) : null}
      <Form fields={fields}>
        {contact.diedOn ? (
          <p>Died on {contact.diedOn}.</p>
        ) : (
          <TextField
            field={field("diedOn")}
            label="Died on"
            hint={`Like ${exampleDay}. From then on nothing is sent to them.`}
            autoComplete="off"
            maxLength={limits.date}
          />
        )}
        {offered.length > 0 ? <RadioGroup field={field("executorId")} label="Executor" options={offered} /> : null}
        {isCut ? <p className="hint">More are found than these: add a word to narrow.</p> : null}
        <TextField
          field={field("executorName")}
          label={offered.length > 0 ? "Or somebody new" : "Executor, if not among the contacts"}
          hint="Like Mr Ben Smith: a new contact is made. Can be left empty and added later."
          autoComplete="off"
          maxLength={limits.name}
          optional
        />
        <FormActions>
          <Button tone="primary">Make the estate</Button>
          <ButtonLink href={href}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
