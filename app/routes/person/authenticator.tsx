import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { offerAuthenticator } from "~/features/sign-in/step-up.server";
import { takeProof } from "~/http/step-up.server";
import { type RouteHandle } from "~/route-handle";
import { ownPageOf } from "~/routes/person/own-path";
import { proofFacts } from "~/routes/person/proof-facts.server";
import { ProofPage } from "~/routes/person/proof-page";

export const meta: MetaFunction = () => [{ title: "Your authenticator app · Tallybook" }];

export const handle = { narrow: true } satisfies RouteHandle;

export function loader({ request, context }: LoaderFunctionArgs) {
  return proofFacts({ request, context });
}

export function action(args: ActionFunctionArgs) {
  return takeProof(args, offerAuthenticator, () => redirect(ownPageOf(args.request, "/person/authenticator/new"), 303));
}

export default function ReplaceAuthenticator() {
  const { hasFactor } = useLoaderData<typeof loader>();
  if (!hasFactor) {
    return (
      <ProofPage
        title="Set up an authenticator app"
        line="Then nobody comes in with your password alone. Your other browsers are signed out."
        button="Continue"
      />
    );
  }
  return (
    <ProofPage
      title="Replace your authenticator app"
      line="For a new phone. The old app works until the new one has shown its first code; old recovery codes end then."
      button="Continue"
    />
  );
}
