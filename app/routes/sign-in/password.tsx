import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { Authenticator } from "remix-auth";
import { type PasswordFields, passwordForm } from "~/features/sign-in/credentials-form";
import { PasswordStrategy } from "~/features/sign-in/password-strategy.server";
import { isEmptyInstallation } from "~/features/sign-in/set-up.server";
import { type PasswordOutcome, tryPassword } from "~/features/sign-in/sign-in.server";
import { FlashBanner } from "~/flash-banner";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { ownPath } from "~/http/redirect.server";
import { findPerson, installationScope } from "~/http/scope.server";
import { giveToken, readToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Sign in · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (await findPerson({ request, context })) throw redirect(wantedPath(request, context.env.appOrigin) ?? "/");
  if (await isEmptyInstallation(installationScope(context))) throw redirect("/set-up");
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await readForm(request.clone()), { schema: passwordForm });
  const again = (error: string) => submission.reply({ hideFields: ["password"], formErrors: [error] });
  if (submission.status !== "success") return refuse(submission.reply({ hideFields: ["password"] }));

  const scope = installationScope(context);
  const deviceToken = await readToken(request, context, "device");
  const returnTo = wantedPath(request, context.env.appOrigin);
  const strategy = new PasswordStrategy((typed) => tryPassword(scope, { ...typed, deviceToken, returnTo }));
  const authenticator = new Authenticator<PasswordOutcome>().use(strategy);
  const outcome = await authenticator.authenticate("password", request);

  if (outcome.ok) {
    await giveToken(context, "pending", outcome.pendingToken);
    return redirect(outcome.hasSecondFactor ? "/sign-in/code" : "/sign-in/authenticator", 303);
  }
  if (outcome.reason === "wrong") return refuse(again("That address and password do not go together. Try again."));
  const { text, status } = answerPutOff(context, outcome);
  return data(again(text), { status });
}

function wantedPath(request: Request, appOrigin: string): string | null {
  return ownPath(new URL(request.url).searchParams.get("to"), appOrigin);
}

export default function SignIn() {
  const [form, fields] = useForm<PasswordFields>({ id: "sign-in", lastResult: useActionData<typeof action>() });
  return (
    <OutsideFrame
      title="Sign in"
      line="With your email address and password; a code comes next."
      colophon={<a href="/sign-in/forgotten">Forgot your password?</a>}
    >
      <FlashBanner />
      <Form fields={[fields.email, fields.password]} errors={form.errors}>
        <TextField
          field={fields.email}
          label="Email address"
          type="email"
          autoComplete="username"
          inputMode="email"
          enterKeyHint="next"
          spellCheck={false}
        />
        <TextField
          field={fields.password}
          label="Password"
          type="password"
          autoComplete="current-password"
          enterKeyHint="go"
        />
        <FormActions>
          <Button tone="primary" full>
            Continue
          </Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
