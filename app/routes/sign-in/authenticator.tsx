import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type CodeFields, codeForm } from "~/features/sign-in/credentials-form";
import { tryEnrolment } from "~/features/sign-in/sign-in.server";
import { refuse } from "~/http/answers.server";
import { authenticatorOffer } from "~/http/authenticator-offer.server";
import { readForm } from "~/http/form.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { installationScope } from "~/http/scope.server";
import { answerRefusal } from "~/http/second-step.server";
import { browserOf, letIn } from "~/http/sign-in-cookies.server";
import { AuthenticatorSheet } from "~/routes/sign-in/authenticator-sheet";

export const meta: MetaFunction = () => [{ title: "Set up your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, user, offeredSecret } = await requirePending({ request, context }, "enrolment");
  const holder = { table: "pending_sign_ins", id, userId: user.id } as const;
  return authenticatorOffer(context.keys, holder, offeredSecret ?? "", user.email);
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requirePending({ request, context }, "enrolment");
  const browser = await browserOf(request, context);
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success" || !browser) return refuse(submission.reply());

  const outcome = await tryEnrolment(installationScope(context), browser, submission.value.code);
  if (!outcome.ok) return answerRefusal(context, submission, outcome, WRONG_CODE);

  await letIn(context, outcome);
  const next = outcome.returnTo ? `?to=${encodeURIComponent(outcome.returnTo)}` : "";
  return redirect(`/person/recovery-codes${next}`, 303);
}

const WRONG_CODE =
  "This is not the code that the app shows now. Check that the phone's clock is right, then try the next one.";

export default function Authenticator() {
  const offer = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CodeFields>({ id: "authenticator", lastResult: useActionData<typeof action>() });
  return <AuthenticatorSheet offer={offer} field={fields.code} errors={form.errors} />;
}
