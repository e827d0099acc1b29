import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type ProofFields as TypedProof } from "~/features/sign-in/credentials-form";
import { loosenSecondFactor } from "~/features/sign-in/loosen-second-factor.server";
import { forbidden } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { takeProof } from "~/http/step-up.server";
import { type RouteHandle } from "~/route-handle";
import { ProofFields } from "~/routes/person/proof-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Second factor · Settings · ${data.name}` : "Second factor" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const { account, user } = await requireScope(args, "settings.manage");
  const { name, slug, requiresSecondFactor } = account;
  return { name, back: `/${slug}/settings/access`, requiresSecondFactor, email: user?.email ?? "" };
}

/** Makes everybody's sign-in weaker, so it asks for the administrator's own once more. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const back = `/${scope.account.slug}/settings/access`;
  return takeProof(
    args,
    async (installation, visitor, proof) => {
      const outcome = await loosenSecondFactor(installation, visitor, proof, scope);
      if (!outcome.ok && outcome.reason === "not-admin") return forbidden();
      return outcome;
    },
    ({ changed }) =>
      redirectTo(args, back, flash(changed ? "A second factor is now each person's choice." : "Nothing was changed.")),
  );
}

export default function SecondFactorRule() {
  const { back, email, requiresSecondFactor } = useLoaderData<typeof loader>();
  const [form, { password, code }] = useForm<TypedProof>({ id: "proof", lastResult: useActionData<typeof action>() });
  const head = { href: back, label: "Access and keeping" };
  if (!requiresSecondFactor) {
    return <PageHead title="Second factor" line="It is each person's choice already." back={head} />;
  }
  return (
    <>
      <PageHead
        title="Make the second factor each person's choice"
        line="Whoever has set up an authenticator app keeps it. Whoever joins need not set one up: their password alone lets them in, and everybody who learns it."
        back={head}
      />
      <Form fields={[password, code]} errors={form.errors}>
        <ProofFields email={email} password={password} code={code} />
        <FormActions>
          <Button tone="sure">Make it their choice</Button>
          <ButtonLink href={back}>Leave it as it is</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
