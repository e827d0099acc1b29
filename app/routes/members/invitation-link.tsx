import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { findOpenInvitation } from "~/features/accounts/invitations.server";
import { inviteAgain } from "~/features/sign-in/inviting.server";
import { notFound } from "~/http/answers.server";
import { installationScope, requireScope, type RouteArgs } from "~/http/scope.server";
import { answerPutOff } from "~/http/waiting.server";
import { isId } from "~/platform/ids.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { type RouteHandle } from "~/route-handle";
import { ShownLink } from "~/routes/members/shown-link";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `New link · ${data?.firm ?? "Tallybook"}` }];

export const handle = { narrow: true } satisfies RouteHandle;

function idOf({ params }: Pick<RouteArgs, "params">): string {
  const { invitationId = "" } = params;
  return isId(invitationId) ? invitationId : notFound();
}

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const invitation = await findOpenInvitation(scope, idOf(args));
  if (!invitation) return notFound();
  return { firm: scope.account.name, base: `/${scope.account.slug}/members`, email: invitation.email };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const renewed = await inviteAgain(installationScope(args.context), scope, idOf(args));
  if (renewed.ok) {
    const link = `${args.context.env.appOrigin}/invitation/${renewed.token}`;
    return data({ shown: { link, mailed: canMail(args.context) }, error: null }, { status: 201 });
  }
  if (!("retryAfterSeconds" in renewed)) return notFound();
  const { text, status } = answerPutOff(args.context, renewed);
  return data({ shown: null, error: text }, { status });
}

export default function InvitationLink() {
  const { base, email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = { href: base, label: "Members" };
  if (answer?.shown) {
    return (
      <>
        <PageHead title="A new link" back={back} />
        <ShownLink
          {...answer.shown}
          email={email}
          title="Their link"
          holds="seven days"
          next={{ href: base, label: "Done" }}
        />
      </>
    );
  }
  return (
    <>
      <PageHead title="A new link" line={`For ${email}. The link they have now stops working.`} back={back} />
      <Form errors={answer?.error ? [answer.error] : undefined}>
        <FormActions>
          <Button tone="primary">Make a new link</Button>
          <ButtonLink href={base}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
