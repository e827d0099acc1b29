import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { ChosenBar } from "~/features/contacts/bulk/chosen-bar";
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
import { findView } from "~/features/contacts/views/list-views.server";
import { bareView, isBroken, queryToSave, viewOfSaved } from "~/features/contacts/views/saved-view";
import { mayChange } from "~/features/contacts/views/saved-views.server";
import { goneWords, ViewState, ViewTabs } from "~/features/contacts/views/view-tabs";
import { notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { Chooser } from "~/ui/bulk";
import { ButtonLink } from "~/ui/button";
import { MoreMenu } from "~/ui/menu";
import { PageHead } from "~/ui/page-head";
import { formatCount, Pagination } from "~/ui/pagination";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.saved ? `${data.saved.name} · ` : ""}Contacts · ${data.accountName}` : "Contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const base = `/${scope.account.slug}/contacts`;
  const params = new URL(args.request.url).searchParams;
  const bare = bareView(params);
  if (bare !== null) throw await redirectTo(args, base + (await savedQuery(scope, bare)));
  const asked = readView(params);
  // A form sends its controls left alone, too: an address to pass on says only what was chosen.
  if (!isTidy(params)) throw await redirectTo(args, base + tidyQuery(asked, params));
  const { tags, members, counts, views } = await listChoices(scope, asked);
  const view = settled(asked, counts);
  const saved = views.find(({ id }) => id === view.saved) ?? null;
  const fields = inUse(await customFields(scope));
  const { contacts, words, ...page } = await listContacts(scope, view, counts);
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return {
    accountName: scope.account.name,
    base,
    importHref: `/${scope.account.slug}/contacts/import`,
    suppressionsHref: can(scope, "suppressions.read") ? `/${scope.account.slug}/suppressions` : null,
    place: scope.place,
    campaignHref: can(scope, "campaigns.write") ? `/${scope.account.slug}/campaigns/joining` : null,
    may: {
      write: can(scope, "contacts.write"),
      archive: can(scope, "contacts.archive"),
      import: can(scope, "contacts.import"),
      export: can(scope, "contacts.export"),
    },
    view,
    views,
    saved,
    gone: goneWords(view, { tags, members: scope.ownOnly ? null : members }),
    maySave: saved !== null && mayChange(scope, saved),
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

/** Where a view leads that is named and nothing else: to its list, or to the page that says why there is none. */
async function savedQuery(scope: Scope, viewId: string): Promise<string> {
  const saved = (await findView(scope, viewId)) ?? notFound();
  return isBroken(saved) ? `/views/${saved.id}` : viewQuery(viewOfSaved(saved));
}

function tidyQuery(view: ContactListView, params: URLSearchParams): string {
  const query = viewQuery(view, { cursor: view.cursor });
  // Whoever moves a column by an arrow may move it on; whoever has chosen is done.
  return params.has("move") ? `${query || "?"}${query ? "&" : ""}choose=columns` : query;
}

export default function ContactList() {
  const { base, importHref, may, view, page, place, contacts, ...about } = useLoaderData<typeof loader>();
  const { saved, views, gone, maySave, fields, isChoosing } = about;
  const isEmpty = contacts.length === 0 && !view.cursor;
  const title = view.archived ? "Archived contacts" : "Contacts";
  return (
    <>
      <PageHead
        title={saved?.name ?? title}
        line={[countLine(view, page, place.locale), isEmpty ? "" : sortLine(view, fields)].join(" ").trim()}
        actions={<Actions />}
      />
      <ViewTabs base={base} view={view} views={views} />
      <Filters />
      <ViewState {...{ base, view, saved, gone, maySave }} />
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
  const { base, campaignHref, place, may, view, page, sorts, fields, contacts } = useLoaderData<typeof loader>();
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
      {canChoose ? <ChosenBar {...{ base, view, back, page, campaignHref }} locale={place.locale} /> : null}
    </Chooser>
  );
}

function Actions() {
  const { base, importHref, may, view } = useLoaderData<typeof loader>();
  const query = viewQuery(view, { cursor: view.cursor });
  return (
    <>
      {view.archived && may.archive ? <ButtonLink href={`${base}/deleted`}>Deleted contacts</ButtonLink> : null}
      <More />
      {may.import ? <ButtonLink href={importHref}>Import</ButtonLink> : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${base}/new`, query && base + query)}>
          New contact
        </ButtonLink>
      ) : null}
    </>
  );
}

function More() {
  const { base, may, view, page, place, suppressionsHref } = useLoaderData<typeof loader>();
  const query = queryToSave(view);
  const count = formatCount(page.total, { capped: page.capped, locale: place.locale });
  const all = {
    href: `${base}/bulk?${String(new URLSearchParams({ all: query }))}`,
    label: query ? `Change all ${count} that match…` : `Change all ${count}…`,
  };
  return (
    <MoreMenu
      groups={[
        [
          { href: `${base}/list.pdf${query}`, label: "List as PDF" },
          ...(may.export ? [{ href: `${base}/export${query}`, label: "Export…" }] : []),
        ],
        [
          ...(query ? [{ href: `${base}/views/new${query}`, label: "Save as a view…" }] : []),
          { href: `${base}/views`, label: "Views" },
          ...(suppressionsHref ? [{ href: suppressionsHref, label: "Suppression list" }] : []),
        ],
        may.write && page.total > 0 ? [all] : [],
      ]}
    />
  );
}

function Filters() {
  const { base, view, tags, members, cities, fields, place } = useLoaderData<typeof loader>();
  return <ContactFilters {...{ view, base, tags, members, cities, fields }} locale={place.locale} />;
}
