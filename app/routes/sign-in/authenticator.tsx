import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type CodeFields } from "~/features/sign-in/credentials-form";
import { tryEnrolment } from "~/features/sign-in/sign-in.server";
import { mayGoOnWithout } from "~/features/sign-in/without-second-factor.server";
import { authenticatorOffer } from "~/http/authenticator-offer.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { installationScope } from "~/http/scope.server";
import { takeCode } from "~/http/second-step.server";
import { AuthenticatorSheet } from "~/routes/sign-in/authenticator-sheet";

export const meta: MetaFunction = () => [{ title: "Set up your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const pending = await requirePending({ request, context }, "enrolment");
  const { id, user, offeredSecret } = pending;
  const holder = { table: "pending_sign_ins", id, userId: user.id } as const;
  return {
    ...(await authenticatorOffer(context.keys, holder, offeredSecret ?? "", user.email)),
    mayWait: await mayGoOnWithout(installationScope(context), pending),
  };
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
  const notNow = offer.mayWait ? "/sign-in/without-authenticator" : undefined;
  return <AuthenticatorSheet offer={offer} field={fields.code} errors={form.errors} notNow={notNow} />;
}
