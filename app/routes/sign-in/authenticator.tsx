import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type CodeFields } from "~/features/sign-in/credentials-form";
import { tryEnrolment } from "~/features/sign-in/sign-in.server";
import { authenticatorOffer } from "~/http/authenticator-offer.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { takeCode } from "~/http/second-step.server";
import { AuthenticatorSheet } from "~/routes/sign-in/authenticator-sheet";

export const meta: MetaFunction = () => [{ title: "Set up your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, user, offeredSecret } = await requirePending({ request, context }, "enrolment");
  const holder = { table: "pending_sign_ins", id, userId: user.id } as const;
  return authenticatorOffer(context.keys, holder, offeredSecret ?? "", user.email);
}

export function action(args: ActionFunctionArgs) {
  return takeCode(args, {
    step: "enrolment",
    tryCode: tryEnrolment,
    wrongCode: WRONG_CODE,
    welcome: ({ returnTo }) =>
      redirect(`/person/recovery-codes${returnTo ? `?to=${encodeURIComponent(returnTo)}` : ""}`, 303),
  });
}

const WRONG_CODE =
  "This is not the code that the app shows now. Check that the phone's clock is right, then try the next one.";

export default function Authenticator() {
  const offer = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CodeFields>({ id: "authenticator", lastResult: useActionData<typeof action>() });
  return <AuthenticatorSheet offer={offer} field={fields.code} errors={form.errors} />;
}
