import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { offerAuthenticator } from "~/features/sign-in/step-up.server";
import { requirePerson } from "~/http/scope.server";
import { takeProof } from "~/http/step-up.server";
import { ProofPage } from "~/routes/person/proof-page";

export const meta: MetaFunction = () => [{ title: "Replace your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePerson({ request, context });
  return { email: user.email };
}

export function action(args: ActionFunctionArgs) {
  return takeProof(args, offerAuthenticator, () => redirect("/person/authenticator/new", 303));
}

export default function ReplaceAuthenticator() {
  return (
    <ProofPage
      title="Replace your authenticator app"
      line="For a new phone. The old app works until the new one has shown its first code; old recovery codes end then."
      button="Continue"
    />
  );
}
