import { type ContactListView } from "~/features/contacts/list/contact-list";
import { hasFilters } from "~/features/contacts/list/list-filters";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";

interface NoContactsProps {
  base: string;
  view: ContactListView;
  /** There may be contacts, but none that match. */
  isNarrowed: boolean;
  mayWrite: boolean;
  /** Null: the reader may not. */
  importHref: string | null;
}

/** An empty list: what will be here, and the first step. */
export function NoContacts({ base, view, isNarrowed, mayWrite, importHref }: NoContactsProps) {
  const { query, archived } = view;
  if (archived && !query && !hasFilters({ ...view, archived: false })) {
    return (
      <Empty actions={<ButtonLink href={base}>Show all contacts</ButtonLink>}>
        No archived contacts. Archiving puts contacts aside without deleting anything; they would be here.
      </Empty>
    );
  }
  if (isNarrowed) {
    return (
      <Empty actions={<ButtonLink href={base}>Show all contacts</ButtonLink>}>
        {query ? "Nobody matches. Try fewer words, or fewer filters." : "Nobody matches. Try fewer filters."}
      </Empty>
    );
  }
  return (
    <Empty
      actions={
        <>
          {importHref ? (
            <ButtonLink tone="primary" href={importHref}>
              Import a list
            </ButtonLink>
          ) : null}
          {mayWrite ? <ButtonLink href={`${base}/new`}>Add a contact</ButtonLink> : null}
        </>
      }
    >
      Everyone your firm knows will be here: people, companies and estates, each once.
    </Empty>
  );
}
