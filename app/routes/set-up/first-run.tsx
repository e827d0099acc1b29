import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { FirmFields } from "~/features/accounts/firm-fields";
import { newFirm } from "~/features/accounts/new-firm";
import { type PutOff } from "~/features/sign-in/attempts.server";
import { type FirstRunFields, firstRunForm } from "~/features/sign-in/first-run-form";
import { newPasswordHint, passwordAdvice } from "~/features/sign-in/password-rules";
import { type FirstRunOutcome, isEmptyInstallation, setUpInstallation } from "~/features/sign-in/set-up.server";
import { notFound, refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { Button } from "~/ui/button";
import { Fieldset, Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Set up Tallybook" }];

export async function loader({ context }: LoaderFunctionArgs) {
  if (!(await isEmptyInstallation(installationScope(context)))) notFound();
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = installationScope(context);
  if (!(await isEmptyInstallation(scope))) notFound();
  const submission = parseWithZod(await readForm(request), { schema: firstRunForm });
  if (submission.status !== "success") return refuse(submission.reply({ hideFields: ["password"] }));

  const { firm, country, ...person } = submission.value;
  const account = newFirm(firm, country);
  if (!account) return refuse(submission.reply({ hideFields: ["password"] }));
  const outcome = await setUpInstallation(scope, { ...person, account });
  if (outcome.ok) {
    await giveToken(context, "pending", outcome.pendingToken);
    return redirect("/sign-in/authenticator", 303);
  }
  if (outcome.reason === "too-many" || outcome.reason === "busy") {
    const { text, status } = answerPutOff(context, outcome);
    return data(submission.reply({ hideFields: ["password"], formErrors: [text] }), { status });
  }
  return refuse(submission.reply({ hideFields: ["password"], fieldErrors: errorsOf(outcome) }));
}

type Refusal = Exclude<FirstRunOutcome, { ok: true } | PutOff>;

/** Which field the refusal belongs to, and what to do about it. */
function errorsOf(outcome: Refusal): Record<string, string[]> {
  switch (outcome.reason) {
    case "wrong-code":
      return { code: ["This is not the set-up code, or it was used already. The newest one is in the log."] };
    case "already-set-up":
      return { code: ["Somebody else has just set this installation up."] };
    case "password":
      return { password: [passwordAdvice(outcome.problem, false)] };
    default:
      return { firm: ["This name cannot be used. Try a longer or another one."] };
  }
}

export default function FirstRun() {
  const [form, fields] = useForm<FirstRunFields>({
    id: "set-up",
    lastResult: useActionData<typeof action>(),
    defaultValue: { country: "GB" },
  });
  const { code, firm, country, name, email, password } = fields;
  return (
    <OutsideFrame
      title="Set up Tallybook"
      line="Nobody is here yet. This makes your firm's account and you as the person who runs it."
      wide
    >
      <Form fields={[code, firm, country, name, email, password]} errors={form.errors}>
        <TextField
          field={code}
          label="Set-up code"
          hint="It is in the log of the program that you started, beside “Nobody is set up yet”."
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
        <FirmFields {...{ firm, country }} />
        <Fieldset legend="You">
          <TextField field={name} label="Your name" autoComplete="name" maxLength={200} />
          <TextField
            field={email}
            label="Your email address"
            type="email"
            autoComplete="username"
            inputMode="email"
            spellCheck={false}
          />
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
