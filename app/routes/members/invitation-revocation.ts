import { type ActionFunctionArgs } from "@remix-run/node";
import { revokeInvitation } from "~/features/accounts/invitations.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export const loader = () => methodNotAllowed();

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const { invitationId = "" } = args.params;
  const revoked = isId(invitationId) ? await revokeInvitation(scope, invitationId) : null;
  if (!revoked?.ok) notFound();
  return redirectTo(args, `/${scope.account.slug}/members`, flash("The invitation is taken back."));
}
