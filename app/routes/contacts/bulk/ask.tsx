import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { bulkField, BulkFields } from "~/features/contacts/bulk/bulk-fields";
import { askForBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { type BulkErrors, bulkTexts, type BulkTyped, inputOf, nothingTyped } from "~/features/contacts/bulk/bulk-typed";
import { chosenIn } from "~/features/contacts/bulk/chosen-in.server";
import { readBulkForm } from "~/features/contacts/bulk/read-bulk-form";
import { countedContacts } from "~/features/contacts/contact";
import { type FieldDefinition, inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { readView, viewQuery } from "~/features/contacts/list/contact-list";
import { countLine } from "~/features/contacts/list/count-line";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { withBack } from "~/features/contacts/list/way-back";
import { birthdayToType } from "~/features/contacts/values/birthday";
import { listLanguages } from "~/features/contacts/values/language";
import { refuse } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { timeZoneNamed, timeZoneNames } from "~/platform/time-zones.server";
import { type RouteHandle } from "~/route-handle";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Change contacts · ${data.accountName}` : "Change contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const chosen = chosenIn(args.request);
  const view = "view" in chosen ? chosen.view : readView(new URLSearchParams());
  const { tags, members, counts } = await listChoices(scope, view);
  const base = `/${scope.account.slug}/contacts`;
  const { locale } = scope.place;
  return {
    accountName: scope.account.name,
    listHref: listBehind(args, base) ?? base + viewQuery(view),
    line:
      "view" in chosen
        ? `All of the list: ${countLine(view, await listContacts(scope, view, counts), locale)}`
        : `${countedContacts(chosen.ids.length, locale)} chosen.`,
    isNobody: "ids" in chosen && chosen.ids.length === 0,
    offer: {
      tagNames: tags.map(({ name }) => name),
      languages: listLanguages(locale, null),
      timeZones: timeZoneNames,
      owners: scope.ownOnly ? null : members.map(({ id, name }) => ({ value: id, label: name })),
      own: inUse(await customFields(scope)),
      day: birthdayToType("1958-03-14", { country: "GB", locale }),
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const own = inUse(await customFields(scope));
  const typed = typedIn(await readForm(args.request), own);
  const { members } = await listChoices(scope, readView(new URLSearchParams()));
  const place = { country: scope.account.phoneCountry, locale: scope.place.locale };
  const facts = { members: scope.ownOnly ? null : members, zoneNamed: timeZoneNamed, fields: own, place };
  const read = readBulkForm(typed, facts);
  if (!read.ok) return refuse({ typed, errors: read.errors });

  const bulkId = await askForBulk(scope, chosenIn(args.request), read.change);
  const base = `/${scope.account.slug}/contacts`;
  return redirectTo(args, withBack(`${base}/bulk/${bulkId}`, listBehind(args, base)));
}

function typedIn(form: FormData, own: readonly FieldDefinition[]): BulkTyped {
  const texts = Object.fromEntries(bulkTexts.map((name) => [name, onlyText(form, name)])) as Omit<
    BulkTyped,
    "channels" | "custom"
  >;
  const custom = Object.fromEntries(own.map((field) => [field.id, onlyText(form, inputOf(field))]));
  return { ...texts, custom, channels: form.getAll("channel").filter((channel) => typeof channel === "string") };
}

export default function ChangeMany() {
  const { listHref, line, isNobody, offer } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const typed: BulkTyped = refused?.typed ?? nothingTyped;
  const errors: BulkErrors = refused?.errors ?? {};
  const names = [...bulkTexts, "channel" as const, ...offer.own.map(inputOf)];
  const fields = names.map((name) => bulkField(name, typed, errors));
  return (
    <>
      <PageHead
        title="Change contacts"
        line={isNobody ? undefined : line}
        back={{ href: listHref, label: "Contacts" }}
      />
      {isNobody ? (
        <Empty actions={<ButtonLink href={listHref}>Back to the contacts</ButtonLink>}>
          None are chosen. Tick the contacts to change, then press Change.
        </Empty>
      ) : (
        <Form fields={fields}>
          <BulkFields typed={typed} errors={errors} offer={offer} />
          <FormActions>
            <Button tone="primary">Go on to the numbers</Button>
            <ButtonLink href={listHref}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      )}
    </>
  );
}
