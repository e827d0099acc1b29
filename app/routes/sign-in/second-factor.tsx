import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type CodeFields } from "~/features/sign-in/credentials-form";
import { trySecondFactor } from "~/features/sign-in/sign-in.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { takeCode } from "~/http/second-step.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Enter your code · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePending({ request, context }, "code");
  return { email: user.email };
}

export function action(args: ActionFunctionArgs) {
  return takeCode(args, {
    step: "code",
    tryCode: trySecondFactor,
    wrongCode: WRONG_CODE,
    welcome: ({ returnTo }) => redirect(returnTo ?? "/", 303),
  });
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
