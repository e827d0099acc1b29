import { type SubmissionResult, useForm } from "@conform-to/react";
import { type ProofFields as TypedProof } from "~/features/sign-in/credentials-form";
import { ProofFields } from "~/routes/person/proof-fields";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";

export interface HelpFormProps {
  /** Of whoever helps. */
  email: string;
  whyNot: string | null;
  button: string;
  cancelHref: string;
  lastResult?: SubmissionResult;
}

/** Asks whoever helps for their own password and code; or says why they cannot help here. */
export function HelpForm({ email, whyNot, button, cancelHref, lastResult }: HelpFormProps) {
  const [form, { password, code }] = useForm<TypedProof>({ id: "help", lastResult });
  if (whyNot) {
    return (
      <>
        <Banner tone="warn">{whyNot}</Banner>
        <ButtonLink href={cancelHref}>Back</ButtonLink>
      </>
    );
  }
  return (
    <Form fields={[password, code]} errors={form.errors}>
      <ProofFields email={email} password={password} code={code} />
      <FormActions>
        <Button tone="primary">{button}</Button>
        <ButtonLink href={cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </Form>
  );
}
