import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { onlyText, readForm } from "~/http/form.server";
import { openCodes } from "~/routes/answers/open-codes.server";
import { takeCode } from "~/routes/answers/take-code.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PublicFrame } from "~/ui/public-frame";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Your answer · ${data.firm}` : "There is nothing here" },
  { name: "robots", content: "noindex, nofollow" },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { name: firm, slug, logoFileId } = (await openCodes(context, params.accountSlug)).account;
  return { firm, logo: logoFileId && `/answer/${slug}/logo/${logoFileId}` };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await openCodes(context, params.accountSlug);
  const typed = onlyText(await readForm(request), "code");
  const taken = await takeCode(context, scope, typed);
  if (taken.ok) return redirect(`/r/${taken.token}`, 303);
  return data({ typed: typed.slice(0, 40), error: taken.error }, { status: taken.status });
}

export default function Code() {
  const { firm, logo } = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>();
  const code = { name: "code", value: wrong?.typed, errors: wrong && [wrong.error] };
  return (
    <PublicFrame
      firm={firm}
      logo={logo}
      title="Answer a letter"
      line={`Type the code that stands on the letter of ${firm}.`}
    >
      <Form fields={[code]}>
        <TextField
          field={code}
          label="Code"
          hint="Six letters and digits, like 7K3QX9; what stands before the hyphen may be left out. Small and capital letters are the same."
          look="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={40}
        />
        <FormActions>
          <Button tone="primary">Go on</Button>
        </FormActions>
      </Form>
    </PublicFrame>
  );
}
