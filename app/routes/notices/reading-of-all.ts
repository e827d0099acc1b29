import { type ActionFunctionArgs } from "@remix-run/node";
import { markAllRead } from "~/features/notices/notices.server";
import { badRequest, methodNotAllowed } from "~/http/answers.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

/** `upTo`: the newest that the page has shown. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "account.read");
  const upTo = (await args.request.formData()).get("upTo");
  if (typeof upTo !== "string" || !isId(upTo)) badRequest();
  await markAllRead(scope, upTo);

  return redirectBack(args, `/${scope.account.slug}/notices`);
}
