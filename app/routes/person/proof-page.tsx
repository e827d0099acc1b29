import { useForm } from "@conform-to/react";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type ProofFields as TypedProof } from "~/features/sign-in/credentials-form";
import { type takeProof } from "~/http/step-up.server";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";

/** A page that asks for password and code and for nothing else. Its loader tells the person's `email`. */
export function ProofPage({ title, line, button }: { title: string; line: string; button: string }) {
  const { email } = useLoaderData<{ email: string }>();
  const [form, fields] = useForm<TypedProof>({ id: "proof", lastResult: useActionData<typeof takeProof>() });
  return (
    <OutsideFrame title={title} line={line}>
      <Form fields={[fields.password, fields.code]} errors={form.errors}>
        <ProofFields email={email} password={fields.password} code={fields.code} />
        <FormActions>
          <Button tone="primary">{button}</Button>
          <ButtonLink href="/person">Cancel</ButtonLink>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
