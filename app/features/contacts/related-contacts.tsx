import { type RelatedContact } from "~/features/contacts/relationships.server";
import { readingWords } from "~/features/contacts/relationships";
import { PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";

interface RelatedContactsProps {
  related: RelatedContact[];
  /** `/acme/contacts` */
  base: string;
  /** The contact whose page this is. */
  contactId: string;
  mayWrite: boolean;
}

/** Whom a contact stands in a relationship with, read from its side. */
export function RelatedContacts({ related, base, contactId, mayWrite }: RelatedContactsProps) {
  if (related.length === 0) return <p className="quiet">Nobody yet.</p>;
  return (
    <Facts
      facts={related.map((other) => ({
        label: capital(readingWords(other.type, other.back)),
        value: (
          <span className="inline-flex flex-wrap items-baseline gap-x-3">
            <a href={`${base}/${other.contactId}`}>{other.name}</a>
            {other.archived ? <span className="quiet small">archived</span> : null}
            {mayWrite ? (
              <span className="no-print">
                <PostButton
                  tone="bare"
                  small
                  action={`${base}/${contactId}/relationships/${other.relationshipId}/removal`}
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
