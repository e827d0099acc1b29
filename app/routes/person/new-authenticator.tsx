import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { type CodeFields, codeForm } from "~/features/sign-in/credentials-form";
import { findOffer, replaceAuthenticator } from "~/features/sign-in/step-up.server";
import { refuse } from "~/http/answers.server";
import { authenticatorOffer } from "~/http/authenticator-offer.server";
import { readForm } from "~/http/form.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { ownPageOf, ownPagePath } from "~/routes/person/own-path";
import { AuthenticatorSheet } from "~/routes/sign-in/authenticator-sheet";

export const meta: MetaFunction = () => [{ title: "Set up your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const offered = await findOffer(installationScope(context), visitor);
  if (!offered) throw redirect(ownPageOf(request, "/person/authenticator"));
  const holder = { table: "sessions", id: visitor.sessionId, userId: visitor.user.id } as const;
  return authenticatorOffer(context.keys, holder, offered, visitor.user.email);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success") return refuse(submission.reply());

  const outcome = await replaceAuthenticator(installationScope(context), visitor, submission.value.code);
  if (outcome.ok) {
    await giveToken(context, "session", outcome.sessionToken);
    return redirect(`/person/recovery-codes?to=${ownPageOf(request, "/person")}`, 303);
  }
  if (outcome.reason === "expired") return redirect(ownPageOf(request, "/person/authenticator"), 303);
  const again = (text: string) => submission.reply({ hideFields: ["code"], fieldErrors: { code: [text] } });
  if (outcome.reason === "too-many" || outcome.reason === "busy") {
    const { text, status } = answerPutOff(context, outcome);
    return data(again(text), { status });
  }
  return refuse(again("This is not the code that the app shows now. Try the next."));
}

export default function NewAuthenticator() {
  const offer = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const [form, fields] = useForm<CodeFields>({ id: "authenticator", lastResult: useActionData<typeof action>() });
  return (
    <AuthenticatorSheet
      offer={offer}
      field={fields.code}
      errors={form.errors}
      cancelHref={ownPagePath("/person", search)}
    />
  );
}
