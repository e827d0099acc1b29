import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { type CodeFields, codeForm } from "~/features/sign-in/credentials-form";
import { tryRecoveryCode } from "~/features/sign-in/sign-in.server";
import { refuse } from "~/http/answers.server";
import { warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope } from "~/http/scope.server";
import { answerRefusal } from "~/http/second-step.server";
import { browserOf, letIn } from "~/http/sign-in-cookies.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Use a recovery code · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePending({ request, context }, "code");
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requirePending({ request, context }, "code");
  const browser = await browserOf(request, context);
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success" || !browser) return refuse(submission.reply());

  const outcome = await tryRecoveryCode(installationScope(context), browser, submission.value.code);
  if (!outcome.ok) return answerRefusal(context, submission, outcome, WRONG_CODE);

  await letIn(context, outcome);
  return redirectTo({ context }, "/person", warning(USED));
}

const WRONG_CODE = "This is not one of your recovery codes, or it was used already. Each works once.";
const USED = "You are signed in, and that code is used up. If your phone is gone, set up a new authenticator app here.";

export default function Recovery() {
  const [form, fields] = useForm<CodeFields>({ id: "recovery", lastResult: useActionData<typeof action>() });
  return (
    <OutsideFrame
      title="Use a recovery code"
      line="One of the ten codes you printed when you set up your authenticator app. Each works once."
      colophon={
        <>
          Found your phone? <a href="/sign-in/code">Enter a code from it</a>.
        </>
      }
    >
      <Form fields={[fields.code]} errors={form.errors}>
        <TextField
          field={fields.code}
          label="Recovery code"
          hint="24 letters and digits. Capitals, spaces and dashes do not matter."
          autoComplete="off"
          autoCapitalize="characters"
          enterKeyHint="go"
          maxLength={60}
          spellCheck={false}
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
