import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { contactKinds, kindNames } from "~/features/contacts/contact";
import {
  type ContactListView,
  type ContactSort,
  contactSorts,
  readView,
  viewQuery,
} from "~/features/contacts/contact-list";
import { ContactTable } from "~/features/contacts/contact-table";
import { countLine } from "~/features/contacts/count-line";
import { NoContacts } from "~/features/contacts/no-contacts";
import { hitRanges, phoneHitRanges } from "~/features/contacts/hit-ranges.server";
import { listChoices } from "~/features/contacts/list-choices.server";
import { listContacts } from "~/features/contacts/list-contacts.server";
import { phoneText } from "~/features/contacts/phone-display";
import { withBack } from "~/features/contacts/way-back";
import { requireScope } from "~/http/scope.server";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button, ButtonLink, HiddenFields } from "~/ui/button";
import { FilterBar, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { formatCount, Pagination } from "~/ui/pagination";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Contacts · ${data.accountName}` : "Contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const view = readView(new URL(args.request.url).searchParams);
  const { tags, counts } = await listChoices(scope, view);
  const { contacts, words, ...page } = await listContacts(scope, view, counts);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/contacts`,
    importHref: `/${scope.account.slug}/contacts/import`,
    place: scope.place,
    may: {
      write: can(scope, "contacts.write"),
      archive: can(scope, "contacts.archive"),
      import: can(scope, "contacts.import"),
    },
    view,
    tags,
    page,
    contacts: contacts.map((contact) => {
      const phone = contact.phone && phoneText(contact.phone);
      const hits = {
        name: hitRanges(contact.listName, words, { isName: true }),
        company: hitRanges(contact.company, words),
        email: hitRanges(contact.email, words),
        phone: phoneHitRanges(phone, words),
      };
      return { ...contact, phone, hits };
    }),
  };
}

export default function ContactList() {
  const { base, importHref, may, view, page, place, contacts } = useLoaderData<typeof loader>();
  const isEmpty = contacts.length === 0 && !view.cursor;
  return (
    <>
      <PageHead
        title={view.archived ? "Archived contacts" : "Contacts"}
        line={countLine(view, page, place.locale)}
        actions={<Actions />}
      />
      <Filters />
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
  return Boolean(view.query || view.kind || view.tagId || view.archived);
}

function Rows() {
  const { base, place, may, view, page, contacts } = useLoaderData<typeof loader>();
  const query = viewQuery(view, { cursor: view.cursor });
  const canChoose = may.archive;
  const back = query && base + query;
  return (
    <Chooser>
      <ContactTable
        {...{ contacts, view, base, place, canChoose }}
        back={back || null}
        foot={
          <Pagination
            {...page}
            locale={place.locale}
            previousHref={page.previous ? base + viewQuery(view, { cursor: page.previous }) : undefined}
            nextHref={page.next ? base + viewQuery(view, { cursor: page.next }) : undefined}
          />
        }
      />
      {canChoose ? <WithChosen back={back || null} /> : null}
    </Chooser>
  );
}

/** What to do with the ticked rows, or with all that match where the list is narrowed. */
function WithChosen({ back }: { back: string | null }) {
  const { base, view, page, place } = useLoaderData<typeof loader>();
  if (view.archived) {
    return (
      <BulkBar>
        <Button small formAction={withBack(`${base}/restoration`, back)}>
          Restore
        </Button>
      </BulkBar>
    );
  }
  const toConfirm = { tone: "danger", small: true, formMethod: "get", formAction: `${base}/archival` } as const;
  return (
    <BulkBar>
      {back ? <HiddenFields fields={{ back }} /> : null}
      <Button {...toConfirm}>Archive</Button>
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
      {may.import ? <ButtonLink href={importHref}>Import</ButtonLink> : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${base}/new`, query && base + query)}>
          New contact
        </ButtonLink>
      ) : null}
    </>
  );
}

const sortNames: Record<ContactSort, string> = {
  name: "Sorted by name",
  company: "Sorted by company",
  email: "Sorted by email",
  city: "Sorted by city",
  created: "Newest first",
  changed: "Last changed first",
};

function Filters() {
  const { base, view, tags } = useLoaderData<typeof loader>();
  const cleared = { ...view, query: "", kind: null, tagId: null, archived: false };
  return (
    <FilterBar
      action={base}
      hidden={view.query ? { q: view.query } : undefined}
      chips={view.query ? [{ label: `“${view.query}”`, removeHref: base + viewQuery(view, { query: "" }) }] : []}
      clearHref={isNarrowed(view) ? base + viewQuery(cleared) : undefined}
    >
      <FilterSelect
        name="kind"
        label="Kind"
        any="Any kind"
        value={view.kind ?? ""}
        options={contactKinds.map((kind) => ({ value: kind, label: kindNames[kind] }))}
      />
      <FilterSelect
        name="tag"
        label="Tag"
        any="Any tag"
        value={view.tagId ?? ""}
        options={tags.map((tag) => ({ value: tag.id, label: tag.name }))}
      />
      <FilterSelect
        name="archived"
        label="Archived or not"
        any="Not archived"
        value={view.archived ? "yes" : ""}
        options={[{ value: "yes", label: "Archived" }]}
      />
      <FilterSelect
        name="sort"
        label="Sort"
        any={sortNames.name}
        value={view.sort === "name" ? "" : view.sort}
        options={contactSorts
          .filter((sort) => sort !== "name")
          .map((sort) => ({ value: sort, label: sortNames[sort] }))}
      />
    </FilterBar>
  );
}
