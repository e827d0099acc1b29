import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { joinAsNewPerson } from "~/features/sign-in/join.server";
import { type JoinFields, joinForm } from "~/features/sign-in/join-form";
import { newPasswordHint, passwordAdvice } from "~/features/sign-in/password-rules";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { dropInvitation, readInvitation } from "~/http/invitation-cookie.server";
import { installationScope } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { ClosedLink } from "~/routes/invitation/closed-link";
import { closed, join, opened, openLink } from "~/routes/invitation/invitation-state.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

const HERE = "/invitation";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.firm ? `Join ${data.firm} · Tallybook` : "Invitation · Tallybook" },
];

/** The invitation that this browser has said yes to. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const link = await openLink({ request, context }, await readInvitation(request, context));
  if (typeof link === "string") return closed({ request, context }, link);
  if (!link.visitor && link.invitation.hasUser) throw redirect(`/sign-in?to=${encodeURIComponent(HERE)}`);
  return opened(link);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const token = (await readInvitation(request, context)) ?? "";
  const link = await openLink({ request, context }, token);
  if (typeof link === "string") return redirect(HERE, 303);
  if (link.visitor) return join({ request, context }, { visitor: link.visitor, token, to: HERE });

  const submission = parseWithZod(await readForm(request), { schema: joinForm });
  const again = (errors: Parameters<typeof submission.reply>[0]) => ({ hideFields: ["password"], ...errors });
  if (submission.status !== "success") return refuse(submission.reply(again({})));
  const outcome = await joinAsNewPerson(installationScope(context), token, submission.value);
  if (outcome.ok) {
    await giveToken(context, "pending", outcome.pendingToken);
    await dropInvitation(context);
    return redirect("/sign-in/authenticator", 303);
  }
  switch (outcome.reason) {
    case "gone":
    case "has-sign-in":
      return redirect(HERE, 303);
    case "password":
      return refuse(submission.reply(again({ fieldErrors: { password: [passwordAdvice(outcome.problem, false)] } })));
    default: {
      const { text, status } = answerPutOff(context, outcome);
      return data(submission.reply(again({ formErrors: [text] })), { status });
    }
  }
}

export default function Joining() {
  const { closed, signedInAs, firm, role, isNew, name } = useLoaderData<typeof loader>();
  if (closed) return <ClosedLink state={closed} signedInAs={signedInAs} />;
  if (isNew) return <NewPerson firm={firm} name={name} />;
  return (
    <OutsideFrame title={`Join ${firm}`} line={`You join ${firm} as ${role}.`}>
      <Form>
        <FormActions>
          <Button tone="primary">Join {firm}</Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}

function NewPerson({ firm, name: invitedName }: { firm: string; name: string }) {
  const [form, { name, password }] = useForm<JoinFields>({
    id: "join",
    lastResult: useActionData<typeof action>(),
    defaultValue: { name: invitedName },
  });
  return (
    <OutsideFrame title={`Join ${firm}`} line="Say who you are and choose a password.">
      <Form fields={[name, password]} errors={form.errors}>
        <TextField field={name} label="Your name" autoComplete="name" maxLength={200} />
        <TextField
          field={password}
          label="Password"
          hint={newPasswordHint(false)}
          type="password"
          autoComplete="new-password"
        />
        <FormActions>
          <Button tone="primary">Continue</Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
