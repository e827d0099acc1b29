import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type NewPasswordFields, newPasswordForm } from "~/features/sign-in/credentials-form";
import { passwordAdvice } from "~/features/sign-in/password-rules";
import { changePassword } from "~/features/sign-in/step-up.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerProofRefusal } from "~/http/step-up.server";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Change your password · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePerson({ request, context });
  return { email: user.email };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const submission = parseWithZod(await readForm(request), { schema: newPasswordForm });
  const hideFields: (keyof NewPasswordFields)[] = ["password", "code", "newPassword"];
  if (submission.status !== "success") return refuse(submission.reply({ hideFields }));

  const { newPassword, ...proof } = submission.value;
  const outcome = await changePassword(installationScope(context), visitor, proof, newPassword);
  if (outcome.ok) {
    await giveToken(context, "session", outcome.sessionToken);
    return redirectTo({ context }, "/person", flash("Your password is changed. Other browsers are signed out."));
  }
  if (outcome.reason !== "password") return answerProofRefusal(context, submission, outcome, hideFields);
  const advice = passwordAdvice(outcome.problem, true);
  return refuse(submission.reply({ hideFields, fieldErrors: { newPassword: [advice] } }));
}

export default function ChangePassword() {
  const { email } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<NewPasswordFields>({ id: "password", lastResult: useActionData<typeof action>() });
  return (
    <OutsideFrame title="Change your password" line="All your other browsers are signed out when it is done.">
      <Form fields={[fields.password, fields.code, fields.newPassword]} errors={form.errors}>
        <ProofFields email={email} password={fields.password} code={fields.code} />
        <TextField
          field={fields.newPassword}
          label="New password"
          hint="12 characters or more. Four or five words in a row are good; spaces are fine."
          type="password"
          autoComplete="new-password"
        />
        <FormActions>
          <Button tone="primary">Change password</Button>
          <ButtonLink href="/person">Cancel</ButtonLink>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
