import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { helpLines, SecondFactorContent } from "~/routes/members/help-content";
import { loadHelp, resetSecondFactor } from "~/routes/members/helping.server";
import { type RouteHandle } from "~/route-handle";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Second factor · ${data?.firm ?? "Tallybook"}` },
];

export const handle = { narrow: true } satisfies RouteHandle;
export function loader(args: LoaderFunctionArgs) {
  return loadHelp(args);
}

export function action(args: ActionFunctionArgs) {
  return resetSecondFactor(args);
}

export default function MemberSecondFactor() {
  const { person, page } = useLoaderData<typeof loader>();
  const title = person ? `Reset the second factor of ${person.name}` : "Second factor";
  return (
    <>
      <PageHead title={title} line={helpLines.factor} back={{ href: page, label: person?.name ?? "Back" }} />
      <SecondFactorContent />
    </>
  );
}
