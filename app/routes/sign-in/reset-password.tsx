import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type NewPasswordByLinkFields, newPasswordByLinkForm } from "~/features/sign-in/join-form";
import { findPasswordLink, setPasswordByLink } from "~/features/sign-in/password-links.server";
import { newPasswordHint, passwordAdvice } from "~/features/sign-in/password-rules";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope } from "~/http/scope.server";
import { dropToken, giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { DeadLink } from "~/routes/sign-in/dead-link";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Set a password · Tallybook" }];

/** Only looks: mail programs open links before anybody reads them. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const link = await findPasswordLink(installationScope(context), params.token ?? "");
  if (link?.state !== "open") return data({ email: null, hint: "" }, { status: link ? 410 : 404 });
  return data({ email: link.user.email, hint: newPasswordHint(link.hasSecondFactor) });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { token = "" } = params;
  const submission = parseWithZod(await readForm(request), { schema: newPasswordByLinkForm });
  const hideFields = ["password"];
  if (submission.status !== "success") return refuse(submission.reply({ hideFields }));

  const outcome = await setPasswordByLink(installationScope(context), token, submission.value.password);
  if (outcome.ok) {
    await dropToken(context, "session");
    await giveToken(context, "pending", outcome.pendingToken);
    return redirect(outcome.hasSecondFactor ? "/sign-in/code" : "/sign-in/authenticator", 303);
  }
  switch (outcome.reason) {
    case "gone":
      return redirect(`/reset-password/${encodeURIComponent(token)}`, 303);
    case "password": {
      const password = [passwordAdvice(outcome.problem, outcome.hasSecondFactor)];
      return refuse(submission.reply({ hideFields, fieldErrors: { password } }));
    }
    default: {
      const { text, status } = answerPutOff(context, outcome);
      return data(submission.reply({ hideFields, formErrors: [text] }), { status });
    }
  }
}

export default function ResetPassword() {
  const { email, hint } = useLoaderData<typeof loader>();
  const [form, { password }] = useForm<NewPasswordByLinkFields>({
    id: "reset-password",
    lastResult: useActionData<typeof action>(),
  });
  if (email === null) return <DeadLink again={{ href: "/sign-in/forgotten", label: "Ask for a new link" }} />;
  return (
    <OutsideFrame
      title="Set a password"
      line="You are signed out everywhere, and then sign in with it here."
      place={email}
    >
      <Form fields={[password]} errors={form.errors}>
        {/* For password managers, which go by the name; without a name of its own it is not sent. */}
        <input hidden readOnly autoComplete="username" defaultValue={email} />
        <TextField field={password} label="New password" hint={hint} type="password" autoComplete="new-password" />
        <FormActions>
          <Button tone="primary">Set it and go on</Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
