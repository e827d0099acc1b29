import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { renewRecoveryCodes } from "~/features/sign-in/step-up.server";
import { requirePerson } from "~/http/scope.server";
import { takeProof } from "~/http/step-up.server";
import { ProofPage } from "~/routes/person/proof-page";

export const meta: MetaFunction = () => [{ title: "New recovery codes · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePerson({ request, context });
  return { email: user.email };
}

export function action(args: ActionFunctionArgs) {
  return takeProof(args, renewRecoveryCodes, () => redirect("/person/recovery-codes?to=/person", 303));
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
