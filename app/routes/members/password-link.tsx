import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { helpLines, PasswordLinkContent } from "~/routes/members/help-content";
import { loadHelp, makePasswordLink } from "~/routes/members/helping.server";
import { type RouteHandle } from "~/route-handle";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `New password · ${data?.firm ?? "Tallybook"}` },
];

export const handle = { narrow: true } satisfies RouteHandle;
export function loader(args: LoaderFunctionArgs) {
  return loadHelp(args);
}

export function action(args: ActionFunctionArgs) {
  return makePasswordLink(args);
}

export default function MemberPasswordLink() {
  const { person, page } = useLoaderData<typeof loader>();
  const title = person ? `A new password for ${person.name}` : "A new password";
  return (
    <>
      <PageHead title={title} line={helpLines.password} back={{ href: page, label: person?.name ?? "Back" }} />
      <PasswordLinkContent />
    </>
  );
}
