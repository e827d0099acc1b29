import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { notFound } from "~/http/answers.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { AskForLink } from "~/routes/sign-in/ask-for-link";
import { takeAddress } from "~/routes/sign-in/ask-for-link.server";
import { ButtonLink } from "~/ui/button";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "Forgotten password · Tallybook" }];

export function loader({ context }: LoaderFunctionArgs) {
  return { canMail: canMail(context) };
}

export function action({ request, context }: ActionFunctionArgs) {
  if (!canMail(context)) notFound();
  return takeAddress({ request, context }, "password");
}

export default function Forgotten() {
  const { canMail } = useLoaderData<typeof loader>();
  if (!canMail) {
    return (
      <OutsideFrame
        title="Forgotten your password?"
        line="This installation sends no mail. Ask an administrator of your firm: they can make you a link to set a new one."
      >
        <ButtonLink href="/sign-in">Back to signing in</ButtonLink>
      </OutsideFrame>
    );
  }
  return (
    <AskForLink
      title="Forgotten your password?"
      line="We mail you a link to set a new one. Your second factor stays as it is."
      button="Send the link"
      asked="If somebody signs in here with that address, a link is on its way to it. It works for one hour."
    />
  );
}
