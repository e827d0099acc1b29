import { type RelatedContact } from "~/features/contacts/relationships/related.server";
import { periodWords } from "~/features/contacts/relationships/relationship-period";
import { withBack } from "~/features/contacts/list/way-back";
import { type Place } from "~/platform/time";
import { PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";

interface RelatedContactsProps {
  related: RelatedContact[];
  /** `/acme/contacts` */
  base: string;
  /** The list that the reader came from, to carry along. */
  list: string | null;
  /** The contact whose page this is. */
  contactId: string;
  mayWrite: boolean;
  place: Place;
}

/** Whom a contact stands in a relationship with, read from its side; quietly below, whom it did. */
export function RelatedContacts({ related, ...props }: RelatedContactsProps) {
  const [current, ended] = [related.filter((other) => !other.ended), related.filter((other) => other.ended)];
  return (
    <>
      {current.length > 0 ? <Those related={current} {...props} /> : <p className="quiet">Nobody yet.</p>}
      {ended.length > 0 ? (
        <div className="mt-4 quiet">
          <h3 className="small">No longer</h3>
          <Those related={ended} {...props} />
        </div>
      ) : null}
    </>
  );
}

function Those({ related, base, list, contactId, mayWrite, place }: RelatedContactsProps) {
  return (
    <Facts
      facts={related.map((other) => ({
        label: capital(other.words),
        value: (
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>
              <a href={withBack(`${base}/${other.contactId}`, list)}>{other.name}</a>
              {other.archived ? <span className="quiet small"> archived</span> : null}
            </span>
            {mayWrite ? <Verbs other={other} href={`${base}/${contactId}/relationships`} list={list} /> : null}
          </span>
        ),
        source: [periodWords(other, place), other.note].filter(Boolean).join(" · ") || undefined,
      }))}
    />
  );
}

function Verbs({ other, href, list }: { other: RelatedContact; href: string; list: string | null }) {
  const one = `${href}/${other.relationshipId}`;
  return (
    <span className="no-print inline-flex items-baseline gap-x-3 small">
      <a href={withBack(`${one}/edit`, list)}>
        Change<span className="sr-only"> the relationship with {other.name}</span>
      </a>
      <PostButton tone="bare" small action={withBack(`${one}/removal`, list)}>
        Remove<span className="sr-only"> the relationship with {other.name}</span>
      </PostButton>
    </span>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
