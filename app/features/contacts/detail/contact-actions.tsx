import { type ContactDetail } from "~/features/contacts/detail/find-contact.server";
import { PassOnMenu } from "~/features/contacts/print/pass-on-menu";
import { type RelatedContact } from "~/features/contacts/relationships/related.server";
import { withBack } from "~/features/contacts/list/way-back";
import { ButtonLink, PostButton } from "~/ui/button";

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
  const { archived, values } = contact;
  // Of whoever has their estate already, there is no other.
  const hasEstate = related.some(({ type, back }) => type === "estate-of" && back);
  return (
    <>
      <PassOnMenu href={href} values={values} />
      {may.write && values.kind === "individual" && !archived && !hasEstate ? (
        <ButtonLink href={withBack(`${href}/estate`, list)}>Make their estate</ButtonLink>
      ) : null}
      {may.archive ? <PutAside {...{ contact, href, deletionHref, list }} /> : null}
      {may.write ? (
        <ButtonLink tone="primary" href={withBack(`${href}/edit`, list)}>
          Edit
        </ButtonLink>
      ) : null}
    </>
  );
}

function PutAside({ contact, href, deletionHref, list }: Omit<ContactActionsProps, "related" | "may">) {
  const { id, archived } = contact;
  const query = new URLSearchParams({ id, ...(list ? { back: list } : {}) });
  return (
    <>
      <PostButton action={withBack(`${href}/${archived ? "restoration" : "archival"}`, list)}>
        {archived ? "Restore" : "Archive"}
      </PostButton>
      <ButtonLink tone="danger" href={`${deletionHref}?${query}`}>
        Delete
      </ButtonLink>
    </>
  );
}
