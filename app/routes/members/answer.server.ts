import { type MemberRefusal } from "~/features/accounts/change-member.server";
import { forbidden, notFound } from "~/http/answers.server";
import { type Flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

/** The member that the address names; anything else is not there. */
export function memberId({ params }: Pick<RouteArgs, "params">): string {
  const { userId = "" } = params;
  return isId(userId) ? userId : notFound();
}

const lastAdmin = warning(
  "This is the account's only administrator, so it stays as it is. Make somebody else an administrator first.",
);

/** After a change to a member: to `path`, with the message or with why nothing was changed. */
export function answerChange(
  args: Pick<RouteArgs, "context">,
  outcome: { ok: true } | MemberRefusal,
  { path, message }: { path: string; message: Flash },
): Promise<Response> {
  if (outcome.ok) return redirectTo(args, path, message);
  switch (outcome.reason) {
    case "not-found":
      return notFound();
    case "not-admin":
      return forbidden();
    case "last-admin":
      return redirectTo(args, path, lastAdmin);
    case "not-open":
      return redirectTo(args, path, warning("Nothing was changed: that person can no longer take anything over."));
  }
}
