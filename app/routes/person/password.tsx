import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { type NewPasswordFields, newPasswordForm } from "~/features/sign-in/credentials-form";
import { newPasswordHint, passwordAdvice } from "~/features/sign-in/password-rules";
import { changePassword } from "~/features/sign-in/step-up.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerProofRefusal } from "~/http/step-up.server";
import { type RouteHandle } from "~/route-handle";
import { ownPageOf, ownPagePath } from "~/routes/person/own-path";
import { proofFacts } from "~/routes/person/proof-facts.server";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Change your password · Tallybook" }];

export const handle = { narrow: true } satisfies RouteHandle;

export function loader({ request, context }: LoaderFunctionArgs) {
  return proofFacts({ request, context });
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
    const back = ownPageOf(request, "/person");
    return redirectTo({ context }, back, flash("Your password is changed. Other browsers are signed out."));
  }
  if (outcome.reason !== "password") return answerProofRefusal(context, submission, outcome, hideFields);
  const { hasFactor } = await proofFacts({ request, context });
  const advice = passwordAdvice(outcome.problem, hasFactor);
  return refuse(submission.reply({ hideFields, fieldErrors: { newPassword: [advice] } }));
}

export default function ChangePassword() {
  const { email, hasFactor } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const back = ownPagePath("/person", search);
  const [form, fields] = useForm<NewPasswordFields>({ id: "password", lastResult: useActionData<typeof action>() });
  return (
    <>
      <PageHead
        title="Change your password"
        line="All your other browsers are signed out when it is done."
        back={{ href: back, label: "You and your sign-in" }}
      />
      <Form fields={[fields.password, fields.code, fields.newPassword]} errors={form.errors}>
        <ProofFields email={email} password={fields.password} code={hasFactor ? fields.code : null} />
        <TextField
          field={fields.newPassword}
          label="New password"
          hint={newPasswordHint(hasFactor)}
          type="password"
          autoComplete="new-password"
        />
        <FormActions>
          <Button tone="primary">Change password</Button>
          <ButtonLink href={back}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
