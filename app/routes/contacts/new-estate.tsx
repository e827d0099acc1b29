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
  const params = new URL(args.request.url).searchParams;
  return {
    accountName: scope.account.name,
    href: withBack(`${base}/${contact.id}`, list),
    list,
    exampleDay: dayToType("2026-02-11", scope.place.locale),
    contact: { name: contact.name, diedOn: diedOn && birthdayText(diedOn, scope.place.locale) },
    typed: typedIn(params),
    ...(await offerContacts(scope, params.get("q"), contact.id)),
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
  const typed = typedIn(form);
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  if (isToBeFound(form, new URL(args.request.url).searchParams)) {
    const asked = new URLSearchParams({ ...typed, q: onlyText(form, "q"), ...(list ? { back: list } : {}) });
    return redirectTo(args, `${base}/${contact.id}/estate?${asked}`);
  }
  const { estate, errors } = readEstate(typed, { ...formPlace(scope), birthday: contact.values.birthday });
  if (Object.keys(errors).length > 0) return refuse({ typed, errors });

  const result = await makeEstate(scope, contact.id, estate);
  if (!result.ok) {
    if (result.reason === "not-found" || result.reason === "not-a-person") return notFound();
    const [field, message] = refusals[result.reason];
    return refuse({ typed, errors: { [field]: [message] } as Errors });
  }
  const message = flash("The estate is made.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${result.estateId}`, list), message);
}

type Typed = Record<"diedOn" | "executorId" | "executorName", string>;
/** What stands in the fields: from the form, or from the address that "Find" leads to. */
function typedIn(from: FormData | URLSearchParams): Typed {
  return {
    diedOn: textIn(from, "diedOn"),
    executorId: textIn(from, "executorId"),
    executorName: textIn(from, "executorName"),
  };
}

function textIn(from: FormData | URLSearchParams, name: string): string {
  return from instanceof FormData ? onlyText(from, name) : (from.get(name) ?? "");
}

/** Enter in the search box sends the form: who looks for somebody has not said yet that the estate is to be made. */
function isToBeFound(form: FormData, found: URLSearchParams): boolean {
  const words = oneLine(onlyText(form, "q"));
  return words !== "" && words !== oneLine(found.get("q") ?? "") && !oneLine(onlyText(form, "executorName"));
}

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
  const loaded = useLoaderData<typeof loader>();
  const { contact, href, list, exampleDay, offered } = loaded;
  const answer = useActionData<typeof action>();
  const field = (name: keyof Typed) => ({
    name,
    value: (answer?.typed ?? loaded.typed)[name],
    errors: answer?.errors[name],
  });
  return (
    <>
      <PageHead
        title="Make their estate"
        line={`A contact “Estate of ${contact.name}” is made. Letters to it go to its executor, in care of whom it is.`}
        back={{ href, label: contact.name }}
      />
      <Form fields={[field("diedOn"), field("executorId"), field("executorName")]} hidden={list ? { back: list } : {}}>
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
        <FindExecutor />
        {offered.length > 0 ? (
          <RadioGroup
            field={field("executorId")}
            label="Executor"
            options={[...offered, { value: "", label: "None of these" }]}
          />
        ) : null}
        {loaded.isCut ? <p className="hint">More are found than these: add a word to narrow.</p> : null}
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

/** Looks for the executor; what is typed already comes along. */
function FindExecutor() {
  const { query, offered } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="flex items-end gap-2">
        <div className="grow">
          <TextField
            field={{ name: "q", value: query }}
            label="Find the executor among the contacts"
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            maxLength={200}
            optional
          />
        </div>
        <Button formMethod="get" formNoValidate>
          Find
        </Button>
      </div>
      {query && offered.length === 0 ? (
        <p>Nobody is found for “{query}”. Try fewer words, or give a name below.</p>
      ) : null}
    </>
  );
}
