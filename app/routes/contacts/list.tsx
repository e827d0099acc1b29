import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { ColumnChooser } from "~/features/contacts/list/column-chooser";
import { ContactFilters } from "~/features/contacts/list/contact-filters";
import { type ContactListView, readView, viewQuery } from "~/features/contacts/list/contact-list";
import { ContactTable } from "~/features/contacts/list/contact-table";
import { countLine, sortLine } from "~/features/contacts/list/count-line";
import { fieldOf, inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { hitRanges, phoneHitRanges } from "~/features/contacts/search/hit-ranges.server";
import { languageName } from "~/features/contacts/values/language";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { listContacts, settled, sortsOf } from "~/features/contacts/list/list-contacts.server";
import { citiesOf, isTidy } from "~/features/contacts/list/list-address";
import { hasFilters } from "~/features/contacts/list/list-filters";
import { NoContacts } from "~/features/contacts/list/no-contacts";
import { phoneText } from "~/features/contacts/values/phone-display";
import { withBack } from "~/features/contacts/list/way-back";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button, ButtonLink, HiddenFields } from "~/ui/button";
import { MoreMenu } from "~/ui/menu";
import { PageHead } from "~/ui/page-head";
import { formatCount, Pagination } from "~/ui/pagination";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Contacts · ${data.accountName}` : "Contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const base = `/${scope.account.slug}/contacts`;
  const params = new URL(args.request.url).searchParams;
  const asked = readView(params);
  // A form sends its controls left alone, too: an address to pass on says only what was chosen.
  if (!isTidy(params)) throw await redirectTo(args, base + tidyQuery(asked, params));
  const { tags, members, counts } = await listChoices(scope, asked);
  const view = settled(asked, counts);
  const fields = inUse(await customFields(scope));
  const { contacts, words, ...page } = await listContacts(scope, view, counts);
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return {
    accountName: scope.account.name,
    base,
    importHref: `/${scope.account.slug}/contacts/import`,
    place: scope.place,
    may: {
      write: can(scope, "contacts.write"),
      archive: can(scope, "contacts.archive"),
      import: can(scope, "contacts.import"),
      export: can(scope, "contacts.export"),
    },
    view,
    sorts: [...sortsOf(view, counts), ...(sortsOf(view, counts).length > 1 ? fields.map(fieldOf) : [])],
    fields,
    isChoosing: params.get("choose") === "columns",
    tags,
    members: scope.ownOnly ? null : members,
    cities: citiesOf(contacts),
    page,
    contacts: contacts.map((contact) => {
      const phone = contact.phone && phoneText(contact.phone, scope.account.phoneCountry);
      const hits = {
        name: hitRanges(contact.listName, words, { isName: true }),
        company: hitRanges(contact.company, words),
        email: hitRanges(contact.email, words),
        phone: phoneHitRanges(phone, words),
      };
      const ownerName = contact.ownerId && (nameOf.get(contact.ownerId) ?? "Somebody who has left");
      const isLanguageShown = contact.language && view.columns?.includes("language");
      const language = isLanguageShown ? languageName(contact.language ?? "", scope.place.locale) : null;
      return { ...contact, phone, hits, ownerName, languageName: language };
    }),
  };
}

function tidyQuery(view: ContactListView, params: URLSearchParams): string {
  const query = viewQuery(view, { cursor: view.cursor });
  return params.get("choose") === "columns" ? `${query || "?"}${query ? "&" : ""}choose=columns` : query;
}

export default function ContactList() {
  const { base, importHref, may, view, page, place, contacts, fields, isChoosing } = useLoaderData<typeof loader>();
  const isEmpty = contacts.length === 0 && !view.cursor;
  return (
    <>
      <PageHead
        title={view.archived ? "Archived contacts" : "Contacts"}
        line={[countLine(view, page, place.locale), isEmpty ? "" : sortLine(view, fields)].join(" ").trim()}
        actions={<Actions />}
      />
      <Filters />
      {isEmpty ? null : <ColumnChooser view={view} base={base} fields={fields} open={isChoosing} />}
      {isEmpty ? (
        <NoContacts
          base={base}
          view={view}
          isNarrowed={isNarrowed(view)}
          mayWrite={may.write}
          importHref={may.import ? importHref : null}
        />
      ) : (
        <Rows />
      )}
    </>
  );
}

function isNarrowed(view: ContactListView): boolean {
  return view.query !== "" || hasFilters(view);
}

function Rows() {
  const { base, place, may, view, page, sorts, fields, contacts } = useLoaderData<typeof loader>();
  const back = base + viewQuery(view, { cursor: view.cursor });
  const canChoose = may.archive;
  return (
    <Chooser>
      <ContactTable
        {...{ contacts, view, base, place, sorts, fields, canChoose, back }}
        foot={
          <Pagination
            {...page}
            locale={place.locale}
            previousHref={page.previous ? base + viewQuery(view, { cursor: page.previous }) : undefined}
            nextHref={page.next ? base + viewQuery(view, { cursor: page.next }) : undefined}
          />
        }
      />
      {canChoose ? <WithChosen back={back} /> : null}
    </Chooser>
  );
}

/** What to do with the ticked rows, or with all that match where the list is narrowed. */
function WithChosen({ back }: { back: string }) {
  const { base, view, page, place } = useLoaderData<typeof loader>();
  const toDelete = { tone: "danger", small: true, formMethod: "get", formAction: `${base}/deletion` } as const;
  if (view.archived) {
    return (
      <BulkBar>
        <HiddenFields fields={{ back }} />
        <Button small formAction={withBack(`${base}/restoration`, back)}>
          Restore
        </Button>
        <Button {...toDelete}>Delete</Button>
      </BulkBar>
    );
  }
  const toConfirm = { tone: "danger", small: true, formMethod: "get", formAction: `${base}/archival` } as const;
  return (
    <BulkBar>
      <HiddenFields fields={{ back }} />
      <Button {...toConfirm}>Archive</Button>
      <Button {...toDelete}>Delete</Button>
      {isNarrowed(view) ? (
        <Button {...toConfirm} name="all" value={viewQuery({ ...view, cursor: null })}>
          Archive all {formatCount(page.total, { capped: page.capped, locale: place.locale })} that match
        </Button>
      ) : null}
    </BulkBar>
  );
}

function Actions() {
  const { base, importHref, may, view } = useLoaderData<typeof loader>();
  const query = viewQuery(view, { cursor: view.cursor });
  return (
    <>
      {view.archived && may.archive ? <ButtonLink href={`${base}/deleted`}>Deleted contacts</ButtonLink> : null}
      <MoreMenu
        groups={[
          [
            { href: `${base}/list.pdf${viewQuery(view)}`, label: "List as PDF" },
            ...(may.export ? [{ href: `${base}/export${viewQuery(view)}`, label: "Export…" }] : []),
          ],
        ]}
      />
      {may.import ? <ButtonLink href={importHref}>Import</ButtonLink> : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${base}/new`, query && base + query)}>
          New contact
        </ButtonLink>
      ) : null}
    </>
  );
}

function Filters() {
  const { base, view, tags, members, cities, fields, place } = useLoaderData<typeof loader>();
  return <ContactFilters {...{ view, base, tags, members, cities, fields }} locale={place.locale} />;
}
