import { type ActionFunctionArgs } from "@remix-run/node";
import { changeRole } from "~/features/accounts/change-member.server";
import { roleForm } from "~/features/accounts/invitation-form";
import { roleNames } from "~/features/accounts/rights";
import { badRequest, methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { requireScope } from "~/http/scope.server";
import { answerChange, memberId } from "~/routes/members/answer.server";

export const loader = () => methodNotAllowed();

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const userId = memberId(args);
  const chosen = roleForm.safeParse({ role: onlyText(await readForm(args.request), "role") });
  if (!chosen.success) return badRequest();
  const { role } = chosen.data;
  const members = `/${scope.account.slug}/members`;
  const outcome = await changeRole(scope, userId, role);
  // Whoever gives their own rights away can no longer see their page here.
  const path = outcome.ok && userId === scope.user?.id && role !== "admin" ? members : `${members}/${userId}`;
  return answerChange(args, outcome, { path, message: flash(`The role is ${roleNames[role]} now.`) });
}
