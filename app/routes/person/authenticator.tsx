import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type ProofFields as TypedProof, proofForm } from "~/features/sign-in/credentials-form";
import { offerAuthenticator } from "~/features/sign-in/step-up.server";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { answerProofRefusal, hideProof } from "~/http/step-up.server";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "Replace your authenticator app · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePerson({ request, context });
  return { email: user.email };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const submission = parseWithZod(await readForm(request), { schema: proofForm });
  if (submission.status !== "success") return refuse(submission.reply({ hideFields: hideProof }));

  const outcome = await offerAuthenticator(installationScope(context), visitor, submission.value);
  if (!outcome.ok) return answerProofRefusal(context, submission, outcome);
  return redirect("/person/authenticator/new", 303);
}

export default function ReplaceAuthenticator() {
  const { email } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<TypedProof>({ id: "proof", lastResult: useActionData<typeof action>() });
  return (
    <OutsideFrame
      title="Replace your authenticator app"
      line="For a new phone. The old app works until the new one has shown its first code; old recovery codes end then."
    >
      <Form fields={[fields.password, fields.code]} errors={form.errors}>
        <ProofFields email={email} password={fields.password} code={fields.code} />
        <FormActions>
          <Button tone="primary">Continue</Button>
          <ButtonLink href="/person">Cancel</ButtonLink>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
