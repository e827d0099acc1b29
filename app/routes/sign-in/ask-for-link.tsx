import { useForm } from "@conform-to/react";
import { useActionData } from "@remix-run/react";
import { type AskedFields } from "~/features/sign-in/credentials-form";
import { type takeAddress } from "~/routes/sign-in/ask-for-link.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export interface AskForLinkProps {
  title: string;
  line: string;
  button: string;
  /** What is said once an address was sent, whoever has it. */
  asked: string;
}

/** Takes an address; what comes of it is only told to whoever reads its mail. */
export function AskForLink({ title, line, button, asked }: AskForLinkProps) {
  const answer = useActionData<typeof takeAddress>();
  const [form, { email }] = useForm<AskedFields>({ id: "ask", lastResult: answer?.result });
  if (answer?.asked) {
    return (
      <OutsideFrame title="Look into your mail" line={asked}>
        <ButtonLink href="/sign-in">Back to signing in</ButtonLink>
      </OutsideFrame>
    );
  }
  return (
    <OutsideFrame title={title} line={line} colophon={<a href="/sign-in">Back to signing in</a>}>
      <Form fields={[email]} errors={form.errors}>
        <TextField
          field={email}
          label="Email address"
          type="email"
          autoComplete="username"
          inputMode="email"
          enterKeyHint="go"
          spellCheck={false}
        />
        <FormActions>
          <Button tone="primary" full>
            {button}
          </Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
