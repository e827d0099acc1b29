import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findNewCodes, putNewCodesAway } from "~/features/sign-in/recovery-codes.server";
import { ownPath } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { Button } from "~/ui/button";
import { RecoveryCodes } from "~/ui/codes";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "Your recovery codes · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, sessionId } = await requirePerson({ request, context });
  const codes = await findNewCodes(installationScope(context), user.id, sessionId);
  if (!codes) throw redirect("/person");
  return { codes, email: user.email };
}

/** The person has them: from here on nobody can show them again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { sessionId } = await requirePerson({ request, context });
  await putNewCodesAway(installationScope(context), sessionId);
  return redirect(ownPath(new URL(request.url).searchParams.get("to"), context.env.appOrigin) ?? "/", 303);
}

export default function NewRecoveryCodes() {
  const { codes, email } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame
      title="Your recovery codes"
      line="If your phone is lost or broken, each of these lets you in once."
      place={email}
      wide
    >
      <p className="mb-4">
        Print this page, or write the codes down and keep them in a safe place that is not your phone. Once you go on,
        they are not shown again.
      </p>
      <RecoveryCodes codes={codes} />
      <div className="no-print">
        <Form>
          <FormActions>
            <Button tone="primary">I have them, continue</Button>
          </FormActions>
        </Form>
      </div>
    </OutsideFrame>
  );
}
