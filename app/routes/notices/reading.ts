import { type ActionFunctionArgs } from "@remix-run/node";
import { markRead } from "~/features/notices/notices.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const noticeId = args.params.noticeId ?? "";
  const read = isId(noticeId) ? await markRead(scope, noticeId) : { ok: false };
  if (!read.ok) notFound();

  return redirectBack(args, `/${scope.account.slug}/notices`);
}
