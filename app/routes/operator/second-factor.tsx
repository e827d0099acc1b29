import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { helpLines, SecondFactorContent } from "~/routes/members/help-content";
import { loadHelp, resetSecondFactor } from "~/routes/members/helping.server";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "Second factor · Tallybook" }];
export function loader(args: LoaderFunctionArgs) {
  return loadHelp(args);
}

export function action(args: ActionFunctionArgs) {
  return resetSecondFactor(args);
}

export default function PersonSecondFactor() {
  const { person, page } = useLoaderData<typeof loader>();
  const title = person ? `Reset the second factor of ${person.name}` : "Second factor";
  return (
    <OutsideFrame title={title} line={helpLines.factor} place={<a href={page}>Back</a>} wide>
      <SecondFactorContent />
    </OutsideFrame>
  );
}
