import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { type CodeFields } from "~/features/sign-in/credentials-form";
import { tryRecoveryCode } from "~/features/sign-in/sign-in.server";
import { warning } from "~/http/flash.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { redirectTo } from "~/http/redirect.server";
import { takeCode } from "~/http/second-step.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "Use a recovery code · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePending({ request, context }, "code");
  return null;
}

export function action(args: ActionFunctionArgs) {
  return takeCode(args, {
    step: "code",
    tryCode: tryRecoveryCode,
    wrongCode: WRONG_CODE,
    welcome: () => redirectTo(args, "/person", warning(USED)),
  });
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
