import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type CodeFields, codeForm } from "~/features/sign-in/credentials-form";
import { trySecondFactor } from "~/features/sign-in/sign-in.server";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { installationScope } from "~/http/scope.server";
import { answerRefusal } from "~/http/second-step.server";
import { browserOf, letIn } from "~/http/sign-in-cookies.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Enter your code · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePending({ request, context }, "code");
  return { email: user.email };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requirePending({ request, context }, "code");
  const browser = await browserOf(request, context);
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success" || !browser) return refuse(submission.reply());

  const outcome = await trySecondFactor(installationScope(context), browser, submission.value.code);
  if (!outcome.ok) return answerRefusal(context, submission, outcome, WRONG_CODE);

  await letIn(context, outcome);
  return redirect(outcome.returnTo ?? "/", 303);
}

const WRONG_CODE = "This is not the present code, or it was used already. Wait for the next one and type that.";

export default function SecondFactor() {
  const { email } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CodeFields>({ id: "code", lastResult: useActionData<typeof action>() });
  return (
    <OutsideFrame
      title="Enter your code"
      line={`Your authenticator app shows six digits for Tallybook, ${email}.`}
      colophon={
        <>
          No phone at hand? <a href="/sign-in/recovery">Use a recovery code</a>, or <a href="/sign-in">begin again</a>.
        </>
      }
    >
      <Form fields={[fields.code]} errors={form.errors}>
        <TextField
          field={fields.code}
          label="Code"
          look="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          enterKeyHint="go"
          maxLength={12}
          autoFocus={!fields.code.errors}
        />
        <FormActions>
          <Button tone="primary" full>
            Sign in
          </Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
