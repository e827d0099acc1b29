import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { isRegistrationOpen } from "~/features/sign-in/registration-links.server";
import { notFound } from "~/http/answers.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { AskForLink } from "~/routes/sign-in/ask-for-link";
import { takeAddress } from "~/routes/sign-in/ask-for-link.server";

export const meta: MetaFunction = () => [{ title: "Make an account · Tallybook" }];

/** Not there unless the operator allows it and mails go out. */
async function requireOpen({ context }: Pick<RouteArgs, "context">): Promise<void> {
  if (!canMail(context) || !(await isRegistrationOpen(installationScope(context)))) notFound();
}

export async function loader({ context }: LoaderFunctionArgs) {
  await requireOpen({ context });
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireOpen({ context });
  return takeAddress({ request, context }, "registration");
}

export default function AskToRegister() {
  return (
    <AskForLink
      title="Make an account"
      line="For your firm, with you as its administrator. We mail you a link, to see that the address is yours."
      button="Send the link"
      asked="A mail is on its way to that address. Its link works for one day."
    />
  );
}
