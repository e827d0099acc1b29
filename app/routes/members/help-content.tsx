import { useActionData, useLoaderData } from "@remix-run/react";
import { HelpForm } from "~/routes/members/help-form";
import { type loadHelp, type makePasswordLink, type resetSecondFactor } from "~/routes/members/helping.server";
import { ShownLink } from "~/routes/members/shown-link";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";

/** What stands below the title of the page that makes somebody a link for a new password. */
export function PasswordLinkContent() {
  const { email, whyNot, page } = useLoaderData<typeof loadHelp>();
  const answer = useActionData<typeof makePasswordLink>();
  const shown = answer && "shown" in answer ? answer.shown : null;
  const lastResult = answer && !("shown" in answer) ? answer : undefined;
  if (shown) return <ShownLink {...shown} title="Their link" holds="one hour" next={{ href: page, label: "Done" }} />;
  return <HelpForm email={email} whyNot={whyNot} button="Make the link" cancelHref={page} lastResult={lastResult} />;
}

/** The same for the page that takes somebody's second factor away. */
export function SecondFactorContent() {
  const { email, whyNot, page } = useLoaderData<typeof loadHelp>();
  const answer = useActionData<typeof resetSecondFactor>();
  const shown = answer && "shown" in answer ? answer.shown : null;
  const lastResult = answer && !("shown" in answer) ? answer : undefined;
  if (shown) {
    return (
      <>
        <Banner tone="good">
          {shown.name} is signed out everywhere, and sets up a new authenticator app at the next sign-in.
        </Banner>
        <ButtonLink href={page}>Done</ButtonLink>
      </>
    );
  }
  return <HelpForm email={email} whyNot={whyNot} button="Reset it" cancelHref={page} lastResult={lastResult} />;
}

export const helpLines = {
  password: "The link is good for one hour and for one use. Their second factor stays as it is.",
  factor:
    "Only when their phone and recovery codes are lost. Make sure that it is them who ask: a call to a number you know is better than a mail.",
};
