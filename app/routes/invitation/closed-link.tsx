import { type Closed } from "~/routes/invitation/invitation-state.server";
import { ButtonLink, PostButton } from "~/ui/button";
import { OutsideFrame } from "~/ui/outside-frame";

const ask = "Ask whoever invited you for a new link.";

const words: Record<Closed, { title: string; line: string }> = {
  unknown: {
    title: "This link does not work",
    line: `It is not complete, or was changed on its way (capital and small letters count), or a newer one has taken its place. Use the link of the latest mail as it stands there. ${ask}`,
  },
  accepted: { title: "This link was used already", line: "It works once. If it was you, just sign in." },
  revoked: { title: "This invitation was taken back", line: ask },
  expired: { title: "This link is too old", line: `An invitation holds for seven days. ${ask}` },
  "other-address": {
    title: "This link is for another address",
    line: "It was sent to another address than the one you sign in with. Sign out, then open the link again.",
  },
};

/** An invitation that cannot be accepted (any more), and what to do. */
export function ClosedLink({ state, signedInAs }: { state: Closed; signedInAs: string | null }) {
  const { title, line } = words[state];
  return (
    <OutsideFrame title={title} line={signedInAs ? `You are signed in as ${signedInAs}. ${line}` : line}>
      {state === "other-address" ? (
        <div className="flex flex-wrap gap-2">
          <PostButton action="/sign-out" tone="primary">
            Sign out
          </PostButton>
          <ButtonLink href="/">Stay signed in</ButtonLink>
        </div>
      ) : (
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      )}
    </OutsideFrame>
  );
}
