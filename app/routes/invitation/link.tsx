import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { keepInvitation } from "~/http/invitation-cookie.server";
import { ClosedLink } from "~/routes/invitation/closed-link";
import { closed, join, opened, openLink } from "~/routes/invitation/invitation-state.server";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.firm ? `Join ${data.firm} · Tallybook` : "Invitation · Tallybook" },
];

/** Only looks: mail programs open links before anybody reads them. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const link = await openLink({ request, context }, params.token ?? null);
  return typeof link === "string" ? closed({ request, context }, link) : opened(link);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { token = "" } = params;
  const here = `/invitation/${encodeURIComponent(token)}`;
  const link = await openLink({ request, context }, token);
  if (typeof link === "string") return redirect(here, 303);
  if (link.visitor) return join({ request, context }, { visitor: link.visitor, token, to: here });
  await keepInvitation(context, token);
  return redirect(link.invitation.hasUser ? "/sign-in?to=%2Finvitation" : "/invitation", 303);
}

export default function Invitation() {
  const { closed, signedInAs, firm, role, isNew } = useLoaderData<typeof loader>();
  if (closed) return <ClosedLink state={closed} signedInAs={signedInAs} />;
  return (
    <OutsideFrame
      title={`Join ${firm}`}
      line={`You are invited to join ${firm} on Tallybook, as ${role}.${isNew ? " Next you choose a password." : ""}`}
    >
      <Form>
        <FormActions>
          <Button tone="primary">Join {firm}</Button>
        </FormActions>
      </Form>
    </OutsideFrame>
  );
}
