import { type ActionFunctionArgs } from "@remix-run/node";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requireOperator } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { sendAgain } from "~/platform/mail/mail-log.server";

export function loader() {
  methodNotAllowed();
}

/** One that is on its way already, or was sent, stays as it is. */
export async function action(args: ActionFunctionArgs) {
  await requireOperator(args);
  const mailId = args.params.mailId ?? "";
  if (!isId(mailId)) notFound();
  const again = await sendAgain(installationScope(args.context), mailId);
  if (!again.ok) notFound();

  return redirectTo(args, "/operator/mail", flash("It is on its way again."));
}
