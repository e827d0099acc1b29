import { useForm } from "@conform-to/react";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { type ProofFields as TypedProof } from "~/features/sign-in/credentials-form";
import { type takeProof } from "~/http/step-up.server";
import { ownPagePath } from "~/routes/person/own-path";
import { type ProofFacts } from "~/routes/person/proof-facts.server";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

/** A page that asks for password and code and for nothing else. Its loader tells the `proofFacts`. */
export function ProofPage({ title, line, button }: { title: string; line: string; button: string }) {
  const { email, hasFactor } = useLoaderData<ProofFacts>();
  const [search] = useSearchParams();
  const back = ownPagePath("/person", search);
  const [form, fields] = useForm<TypedProof>({ id: "proof", lastResult: useActionData<typeof takeProof>() });
  return (
    <>
      <PageHead title={title} line={line} back={{ href: back, label: "You and your sign-in" }} />
      <Form fields={[fields.password, fields.code]} errors={form.errors}>
        <ProofFields email={email} password={fields.password} code={hasFactor ? fields.code : null} />
        <FormActions>
          <Button tone="primary">{button}</Button>
          <ButtonLink href={back}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
