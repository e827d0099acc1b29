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
  /** Of the page that puts contacts on a campaign's list; null: whoever reads this may not. */
  campaignHref: string | null;
  list: string | null;
  may: { write: boolean; archive: boolean };
}

/** What can be done with a contact, at the head of its page. */
export function ContactActions(props: ContactActionsProps) {
  const { contact, href, list, may } = props;
  const { archived, values } = contact;
  return (
    <>
      <MoreMenu
        groups={[
          passOnLinks(href, values),
          toCampaign(props),
          canMakeEstate(props) ? [{ href: withBack(`${href}/estate`, list), label: "Make their estate" }] : [],
          may.archive ? [{ href: deletionOf(props), label: "Delete", danger: true }] : [],
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

function canMakeEstate({ contact, related, may }: ContactActionsProps): boolean {
  // Of whoever has their estate already, there is no other.
  const hasEstate = related.some(({ type, back }) => type === "estate-of" && back);
  return may.write && contact.values.kind === "individual" && !contact.archived && !hasEstate;
}

function toCampaign({ contact, campaignHref, list }: ContactActionsProps) {
  if (campaignHref === null || contact.archived) return [];
  return [{ href: aboutOne(campaignHref, contact.id, list), label: "Put on a campaign’s list" }];
}

function deletionOf({ contact, deletionHref, list }: ContactActionsProps): string {
  return aboutOne(deletionHref, contact.id, list);
}

/** A page that is asked with ticked contacts, asked with one. */
function aboutOne(href: string, id: string, list: string | null): string {
  return `${href}?${new URLSearchParams({ id, ...(list ? { back: list } : {}) })}`;
}
