import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { FirmFields } from "~/features/accounts/firm-fields";
import { newFirm } from "~/features/accounts/new-firm";
import { type RegistrationFields, registrationForm } from "~/features/sign-in/join-form";
import { type PutOff } from "~/features/sign-in/attempts.server";
import { newPasswordHint, passwordAdvice } from "~/features/sign-in/password-rules";
import { findRegistrationLink, isRegistrationOpen } from "~/features/sign-in/registration-links.server";
import { register, type Registered } from "~/features/sign-in/registration.server";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DeadLink } from "~/routes/sign-in/dead-link";
import { Button } from "~/ui/button";
import { Fieldset, Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Make your account · Tallybook" }];

async function findOpenLink(scope: InstallationScope, token: string) {
  const link = await findRegistrationLink(scope, token);
  if (!link) return { status: 404, email: null };
  const isOpen = link.state === "open" && (await isRegistrationOpen(scope));
  return isOpen ? { status: 200, email: link.email } : { status: 410, email: null };
}

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { status, email } = await findOpenLink(installationScope(context), params.token ?? "");
  return data({ email }, { status });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { token = "" } = params;
  const here = `/register/${encodeURIComponent(token)}`;
  const scope = installationScope(context);
  if (!(await findOpenLink(scope, token)).email) return redirect(here, 303);
  const submission = parseWithZod(await readForm(request), { schema: registrationForm });
  const again = (errors: Parameters<typeof submission.reply>[0]) => ({ hideFields: ["password"], ...errors });
  if (submission.status !== "success") return refuse(submission.reply(again({})));

  const { firm, country, ...person } = submission.value;
  const account = newFirm(firm, country);
  if (!account) return refuse(submission.reply(again({})));
  const outcome = await register(scope, token, { ...person, account });
  if (outcome.ok) {
    await giveToken(context, "pending", outcome.pendingToken);
    return redirect("/sign-in/authenticator", 303);
  }
  if (outcome.reason === "gone") return redirect(here, 303);
  if (outcome.reason === "has-sign-in") return redirect("/sign-in", 303);
  if (outcome.reason === "too-many" || outcome.reason === "busy") {
    const { text, status } = answerPutOff(context, outcome);
    return data(submission.reply(again({ formErrors: [text] })), { status });
  }
  return refuse(submission.reply(again({ fieldErrors: errorsOf(outcome) })));
}

type Refusal = Exclude<Registered, { ok: true } | PutOff | { reason: "gone" | "has-sign-in" }>;

/** Which field the refusal belongs to, and what to do about it. */
function errorsOf(outcome: Refusal): Record<string, string[]> {
  if (outcome.reason === "password") return { password: [passwordAdvice(outcome.problem, false)] };
  return { firm: ["This name cannot be used. Try a longer or another one."] };
}

export default function Register() {
  const { email } = useLoaderData<typeof loader>();
  const [form, { firm, country, name, password }] = useForm<RegistrationFields>({
    id: "register",
    lastResult: useActionData<typeof action>(),
    defaultValue: { country: "GB" },
  });
  if (email === null) return <DeadLink again={{ href: "/register", label: "Ask for a new link" }} />;
  return (
    <OutsideFrame title="Make your account" line={`You will sign in as ${email}.`} wide>
      <Form fields={[firm, country, name, password]} errors={form.errors}>
        <FirmFields {...{ firm, country }} />
        <Fieldset legend="You">
          <TextField field={name} label="Your name" autoComplete="name" maxLength={200} />
          <TextField
            field={password}
            label="Password"
            hint={newPasswordHint(false)}
            type="password"
            autoComplete="new-password"
          />
        </Fieldset>
        <FormActions>
          <Button tone="primary">Continue</Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
