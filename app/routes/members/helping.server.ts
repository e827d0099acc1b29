import { makeLinkFor, resetSecondFactorOf, type Helper } from "~/features/sign-in/reset-for-others.server";
import { helpFacts, takeHelp } from "~/http/help.server";
import { requireOperator, requirePerson, requireScope, type RouteArgs } from "~/http/scope.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { memberId } from "~/routes/members/answer.server";

/** Who helps on this page: an administrator of the account in the address, else the operator. */
async function requireHelper(args: RouteArgs): Promise<{ helper: Helper; userId: string; page: string }> {
  if (args.params.account === undefined) {
    const visitor = await requireOperator(args);
    const userId = memberId(args);
    return { helper: { visitor, account: null }, userId, page: `/operator/people/${userId}` };
  }
  const { account } = await requireScope(args, "members.manage");
  const userId = memberId(args);
  const page = `/${account.slug}/members/${userId}`;
  return { helper: { visitor: await requirePerson(args), account }, userId, page };
}

export async function loadHelp(args: RouteArgs) {
  const { helper, userId, page } = await requireHelper(args);
  return { ...(await helpFacts(args, helper, userId)), page, firm: helper.account?.name ?? "Tallybook" };
}

export async function makePasswordLink(args: RouteArgs) {
  const { helper, userId } = await requireHelper(args);
  return takeHelp(
    args,
    (scope, proof) => makeLinkFor(scope, helper, userId, proof),
    ({ token, user }) => ({
      link: `${args.context.env.appOrigin}/reset-password/${token}`,
      email: user.email,
      mailed: canMail(args.context) && isMailAddress(user.email),
    }),
  );
}

export async function resetSecondFactor(args: RouteArgs) {
  const { helper, userId } = await requireHelper(args);
  return takeHelp(
    args,
    (scope, proof) => resetSecondFactorOf(scope, helper, userId, proof),
    ({ user }) => ({ name: user.name }),
  );
}
