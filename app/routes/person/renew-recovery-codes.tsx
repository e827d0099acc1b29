import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { renewRecoveryCodes } from "~/features/sign-in/step-up.server";
import { takeProof } from "~/http/step-up.server";
import { type RouteHandle } from "~/route-handle";
import { ownPageOf } from "~/routes/person/own-path";
import { proofFacts } from "~/routes/person/proof-facts.server";
import { ProofPage } from "~/routes/person/proof-page";

export const meta: MetaFunction = () => [{ title: "New recovery codes · Tallybook" }];

export const handle = { narrow: true } satisfies RouteHandle;

export function loader({ request, context }: LoaderFunctionArgs) {
  return proofFacts({ request, context });
}

export function action(args: ActionFunctionArgs) {
  const back = ownPageOf(args.request, "/person");
  return takeProof(args, renewRecoveryCodes, () => redirect(`/person/recovery-codes?to=${back}`, 303));
}

export default function RenewRecoveryCodes() {
  return (
    <ProofPage
      title="New recovery codes"
      line="Makes ten new ones. Those you have now stop working at once, and your other browsers are signed out."
      button="Make new codes"
    />
  );
}
