import { type ActionFunctionArgs } from "@remix-run/node";
import { switchOnMember } from "~/features/accounts/change-member.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { requireScope } from "~/http/scope.server";
import { answerChange, memberId } from "~/routes/members/answer.server";

export const loader = () => methodNotAllowed();

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const userId = memberId(args);
  const path = `/${scope.account.slug}/members/${userId}`;
  return answerChange(args, await switchOnMember(scope, userId), {
    path,
    message: flash("They are switched on again."),
  });
}
