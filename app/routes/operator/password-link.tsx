import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { helpLines, PasswordLinkContent } from "~/routes/members/help-content";
import { loadHelp, makePasswordLink } from "~/routes/members/helping.server";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "New password · Tallybook" }];
export function loader(args: LoaderFunctionArgs) {
  return loadHelp(args);
}

export function action(args: ActionFunctionArgs) {
  return makePasswordLink(args);
}

export default function PersonPasswordLink() {
  const { person, page } = useLoaderData<typeof loader>();
  const title = person ? `A new password for ${person.name}` : "A new password";
  return (
    <OutsideFrame title={title} line={helpLines.password} place={<a href={page}>Back</a>} wide>
      <PasswordLinkContent />
    </OutsideFrame>
  );
}
