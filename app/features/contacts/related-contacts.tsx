import { type RelatedContact } from "~/features/contacts/relationships.server";
import { readingWords } from "~/features/contacts/relationships";
import { withBack } from "~/features/contacts/way-back";
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
}

/** Whom a contact stands in a relationship with, read from its side. */
export function RelatedContacts({ related, base, list, contactId, mayWrite }: RelatedContactsProps) {
  if (related.length === 0) return <p className="quiet">Nobody yet.</p>;
  return (
    <Facts
      facts={related.map((other) => ({
        label: capital(readingWords(other.type, other.back)),
        value: (
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <a href={withBack(`${base}/${other.contactId}`, list)}>{other.name}</a>
            {other.archived ? <span className="quiet small">archived</span> : null}
            {mayWrite ? (
              <span className="no-print">
                <PostButton
                  tone="bare"
                  small
                  action={withBack(`${base}/${contactId}/relationships/${other.relationshipId}/removal`, list)}
                >
                  Remove<span className="sr-only"> the relationship with {other.name}</span>
                </PostButton>
              </span>
            ) : null}
          </span>
        ),
        source: other.note,
      }))}
    />
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
