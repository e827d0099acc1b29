import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import { passOnLinks } from "~/features/contacts/print/pass-on-links";
import { type RelatedContact } from "~/features/contacts/relationships/related.server";
import { withBack } from "~/features/contacts/list/way-back";
import { ButtonLink, PostButton } from "~/ui/button";
import { MoreMenu } from "~/ui/menu";

interface ContactActionsProps {
  contact: ContactDetail;
  related: readonly RelatedContact[];
  /** Of the contact's page. */
  href: string;
  /** Of the page that asks before many, or one, are deleted. */
  deletionHref: string;
  list: string | null;
  may: { write: boolean; archive: boolean };
}

/** What can be done with a contact, at the head of its page. */
export function ContactActions({ contact, related, href, deletionHref, list, may }: ContactActionsProps) {
  const { id, archived, values } = contact;
  // Of whoever has their estate already, there is no other.
  const hasEstate = related.some(({ type, back }) => type === "estate-of" && back);
  const canMakeEstate = may.write && values.kind === "individual" && !archived && !hasEstate;
  const toDelete = new URLSearchParams({ id, ...(list ? { back: list } : {}) });
  return (
    <>
      <MoreMenu
        groups={[
          passOnLinks(href, values),
          canMakeEstate ? [{ href: withBack(`${href}/estate`, list), label: "Make their estate" }] : [],
          may.archive ? [{ href: `${deletionHref}?${toDelete}`, label: "Delete", danger: true }] : [],
        ]}
      />
      {may.archive ? (
        <PostButton action={withBack(`${href}/${archived ? "restoration" : "archival"}`, list)}>
          {archived ? "Restore" : "Archive"}
        </PostButton>
      ) : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${href}/edit`, list)}>
          Edit
        </ButtonLink>
      ) : null}
    </>
  );
}
