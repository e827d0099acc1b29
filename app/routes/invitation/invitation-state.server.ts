import { data, redirect } from "@remix-run/node";
import { emailKey } from "~/features/accounts/account";
import { findInvitation, type FoundInvitation } from "~/features/accounts/invitation-links.server";
import { roleNames } from "~/features/accounts/rights";
import { joinAsVisitor } from "~/features/sign-in/join.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { flash } from "~/http/flash.server";
import { dropInvitation } from "~/http/invitation-cookie.server";
import { redirectTo } from "~/http/redirect.server";
import { findPerson, installationScope, type RouteArgs } from "~/http/scope.server";

/** What became of a link that opens nothing, as its page says it. */
export type Closed = "unknown" | "accepted" | "revoked" | "expired" | "other-address";

/** Gone is what was there (RFC 9110, 15.5.11); a conflict is cleared up by signing in as somebody else. */
const statuses: Record<Closed, number> = {
  unknown: 404,
  accepted: 410,
  revoked: 410,
  expired: 410,
  "other-address": 409,
};

type Args = Pick<RouteArgs, "request" | "context">;

export interface OpenLink {
  invitation: FoundInvitation;
  visitor: Visitor | null;
}

/** The open invitation behind a link and who comes with it; a word for what it is otherwise. Changes nothing. */
export async function openLink(args: Args, token: string | null): Promise<OpenLink | Closed> {
  const invitation = token ? await findInvitation(installationScope(args.context), token) : null;
  if (!invitation) return "unknown";
  const visitor = await findPerson(args);
  if (invitation.state === "accepted" && visitor && invitation.acceptedBy === visitor.user.id) {
    throw redirect(`/${invitation.account.slug}`);
  }
  if (visitor && emailKey(visitor.user.email) !== invitation.emailKey) return "other-address";
  return invitation.state === "open" ? { invitation, visitor } : invitation.state;
}

/**
 * The page of a link that opens nothing, with the status that says so. Who is signed in as another is told as whom; for
 * whom the link was is nobody's business but theirs.
 */
export async function closed(args: Args, state: Closed) {
  const visitor = state === "other-address" ? await findPerson(args) : null;
  const signedInAs = visitor?.user.email ?? null;
  return data({ closed: state, signedInAs, firm: "", role: "", isNew: false, name: "" }, { status: statuses[state] });
}

export function opened({ invitation, visitor }: OpenLink) {
  const { account, role, name, hasUser } = invitation;
  return data({
    closed: null,
    signedInAs: null,
    firm: account.name,
    role: roleNames[role],
    isNew: !visitor && !hasUser,
    name: name ?? "",
  });
}

/** Joins as who is signed in, and leads into the account; `to` is shown again when something was faster. */
export async function join(args: Args, { visitor, token, to }: { visitor: Visitor; token: string; to: string }) {
  const joined = await joinAsVisitor(installationScope(args.context), token, visitor);
  if (!joined.ok) return redirect(to, 303);
  await dropInvitation(args.context);
  return redirectTo(args, `/${joined.slug}`, flash("Welcome. You have joined."));
}
