/** What can be done with a campaign: at its head what is done with it every day, beside its facts what is done seldom. */
import { ButtonLink, PostButton } from "~/ui/button";

interface Campaign {
  /** Of its page. */
  here: string;
  isDraft: boolean;
  isEmail: boolean;
  isLetter: boolean;
  isEnded: boolean;
  /** An email of which nothing is left to send: what comes next are the answers. */
  isSent: boolean;
  isArchived: boolean;
  takesBounces: boolean;
  callDeskHref: string | null;
  /** How its state moves on; null: it does not, or in another way. */
  move: { to: string; label: string } | null;
  may: { write: boolean };
}

/** The last is what comes next: sending, printing, calling. */
export function HeadVerbs({ campaign }: { campaign: Campaign }) {
  const { here, may, move } = campaign;
  const links = linksOf(campaign);
  return (
    <>
      {may.write && move ? <PostButton action={`${here}/${move.to}`}>{move.label}</PostButton> : null}
      {links.map(({ href, label }, place) => (
        <ButtonLink key={href} tone={place === links.length - 1 ? "primary" : "plain"} href={href}>
          {label}
        </ButtonLink>
      ))}
    </>
  );
}

interface Verb {
  href: string;
  label: string;
}

function linksOf(campaign: Campaign): Verb[] {
  const { here, isDraft, isEnded, isSent, takesBounces, may } = campaign;
  const next = nextOf(campaign);
  if (!may.write) return next && campaign.callDeskHref ? [next] : [];
  const to = (path: string, label: string): Verb => ({ href: `${here}/${path}`, label });
  const record = to("responses/new", "Record answers");
  return [
    to("edit", "Edit"),
    ...(takesBounces ? [to("bounces", "Bounces")] : []),
    ...(isDraft || isSent ? [] : [record]),
    ...(isEnded ? [] : [to("recipients/new", "Add recipients")]),
    ...(next ? [next] : []),
    ...(isSent ? [record] : []),
  ];
}

function nextOf({ here, isEmail, isLetter, isEnded, callDeskHref }: Campaign): Verb | null {
  if (callDeskHref) return { href: callDeskHref, label: "Call desk" };
  if (isLetter) return { href: `${here}/letters`, label: "Letters" };
  return isEmail && !isEnded ? { href: `${here}/sending`, label: "Check and send" } : null;
}

export function SeldomVerbs({ campaign: { here, isDraft, isArchived } }: { campaign: Campaign }) {
  return (
    <>
      <PostButton small action={`${here}/copying`}>
        Copy
      </PostButton>
      {isDraft && !isArchived ? (
        <PostButton small action={`${here}/deletion`}>
          Delete
        </PostButton>
      ) : (
        <PostButton small action={`${here}/${isArchived ? "restoration" : "archival"}`}>
          {isArchived ? "Take back into the list" : "Archive"}
        </PostButton>
      )}
    </>
  );
}
