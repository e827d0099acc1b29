import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type InvitationFields, invitationForm } from "~/features/accounts/invitation-form";
import { type InvitationRefusal } from "~/features/accounts/invitations.server";
import { personRoles, roleNames } from "~/features/accounts/rights";
import { invite } from "~/features/sign-in/inviting.server";
import { notFound, refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope, requireScope } from "~/http/scope.server";
import { answerPutOff } from "~/http/waiting.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { type RouteHandle } from "~/route-handle";
import { ShownLink } from "~/routes/members/shown-link";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Invite somebody · ${data?.firm ?? "Tallybook"}` },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const { account } = await requireScope(args, "members.manage");
  return { firm: account.name, base: `/${account.slug}/members`, canMail: canMail(args.context) };
}

const problems: Record<Exclude<InvitationRefusal["reason"], "not-found">, string> = {
  address: "Enter a plain email address like ann@example.org.",
  member: "This person is a member already.",
  "switched-off": "This person is a member, but switched off. Switch them on again on their page.",
  "too-many-open": "There are a hundred open invitations. Take some back first.",
};

/** Shows the link at once: it is kept nowhere from where it could be shown later. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const submission = parseWithZod(await readForm(args.request), { schema: invitationForm });
  if (submission.status !== "success") return refuse({ shown: null, result: submission.reply() });

  const { email, name = null, role } = submission.value;
  const invited = await invite(installationScope(args.context), scope, { email, name, role });
  if (!invited.ok) {
    if ("retryAfterSeconds" in invited) {
      const { text, status } = answerPutOff(args.context, invited);
      return data({ shown: null, result: submission.reply({ formErrors: [text] }) }, { status });
    }
    if (invited.reason === "not-found") notFound();
    return refuse({ shown: null, result: submission.reply({ fieldErrors: { email: [problems[invited.reason]] } }) });
  }
  const link = `${args.context.env.appOrigin}/invitation/${invited.token}`;
  return data({ shown: { link, email: invited.email, mailed: canMail(args.context) }, result: null }, { status: 201 });
}

const hints = {
  admin: "Everything, and who else belongs here.",
  user: "Reads and changes contacts, imports lists.",
  viewer: "Reads, and changes nothing.",
};
const roles = personRoles.map((value) => ({ value, label: roleNames[value], hint: hints[value] }));

export default function InviteMember() {
  const { base, canMail } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, { email, name, role }] = useForm<InvitationFields>({
    id: "invite",
    lastResult: answer?.result,
    defaultValue: { role: "user" },
  });
  const back = { href: base, label: "Members" };
  if (answer?.shown) {
    return (
      <>
        <PageHead title={`${answer.shown.email} is invited`} back={back} />
        <ShownLink {...answer.shown} title="Their link" holds="seven days" next={{ href: base, label: "Done" }} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title="Invite somebody"
        line={`They get a link by which they join${canMail ? ", by mail and here to copy" : ", here to copy"}.`}
        back={back}
      />
      <Form fields={[email, name, role]} errors={form.errors}>
        <TextField
          field={email}
          label="Email address"
          hint="The link is for this address only."
          type="email"
          autoComplete="off"
          inputMode="email"
          spellCheck={false}
          maxLength={254}
        />
        <TextField field={name} label="Name" optional autoComplete="off" maxLength={200} />
        <RadioGroup field={role} label="Role" options={roles} />
        <FormActions>
          <Button tone="primary">Make the link</Button>
          <ButtonLink href={base}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
