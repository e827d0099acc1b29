import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { countryOptions } from "~/features/accounts/countries";
import { newFirm } from "~/features/accounts/new-firm";
import { openAccount } from "~/features/accounts/open-account.server";
import { type OpenAccountFields, openAccountForm } from "~/features/accounts/open-account-form";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope, requireOperator } from "~/http/scope.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { ShownLink } from "~/routes/members/shown-link";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction = () => [{ title: "New account · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context });
  return { canMail: canMail(context) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireOperator({ request, context });
  const submission = parseWithZod(await readForm(request), { schema: openAccountForm });
  if (submission.status !== "success") return refuse({ shown: null, result: submission.reply() });

  const { firm, country, email, name = null } = submission.value;
  const again = (fieldErrors: Record<string, string[]>) =>
    refuse({ shown: null, result: submission.reply({ fieldErrors }) });
  const facts = newFirm(firm, country);
  if (!facts) return again({ country: ["Choose a country from the list."] });
  const opened = await openAccount(installationScope(context), facts, { email, name });
  if (opened.ok) {
    const link = `${context.env.appOrigin}/invitation/${opened.token}`;
    return data({ shown: { firm, email, link, mailed: canMail(context) }, result: null }, { status: 201 });
  }
  switch (opened.reason) {
    case "address":
      return again({ email: ["Enter a plain email address like ann@example.org."] });
    case "slug-taken":
      return again({
        firm: [`There is an account at /${facts.slug} already. Make this name different from that one's.`],
      });
    default:
      return again({ firm: ["This name cannot be used. Try a longer or another one."] });
  }
}

export default function NewAccount() {
  const { canMail } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, { firm, country, email, name }] = useForm<OpenAccountFields>({
    id: "new-account",
    lastResult: answer?.result,
    defaultValue: { country: "GB" },
  });
  const place = <a href="/operator">Back</a>;
  if (answer?.shown) {
    const next = { href: "/operator", label: "Done" };
    return (
      <OutsideFrame title={`${answer.shown.firm} has an account`} place={place} wide>
        <ShownLink {...answer.shown} title="Link for its administrator" holds="seven days" next={next} />
      </OutsideFrame>
    );
  }
  return (
    <OutsideFrame
      title="New account"
      line={`Its first administrator joins by a link${canMail ? ", by mail and here to copy" : ", here to copy"}.`}
      place={place}
      wide
    >
      <Form fields={[firm, country, email, name]} errors={form.errors}>
        <TextField field={firm} label="Firm's name" autoComplete="off" maxLength={200} />
        <Select
          field={country}
          label="Country"
          hint="Sets the currency, time zone and how phone numbers are read."
          options={countryOptions}
        />
        <TextField
          field={email}
          label="Administrator's email address"
          type="email"
          autoComplete="off"
          inputMode="email"
          spellCheck={false}
          maxLength={254}
        />
        <TextField field={name} label="Administrator's name" optional autoComplete="off" maxLength={200} />
        <FormActions>
          <Button tone="primary">Make the account</Button>
          <ButtonLink href="/operator">Cancel</ButtonLink>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
