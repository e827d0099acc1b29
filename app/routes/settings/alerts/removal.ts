import { type ActionFunctionArgs } from "@remix-run/node";
import { removeAlertWebhook } from "~/features/connectors/alerts/webhook.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/** Forgets the address: nothing is told there any more. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  await removeAlertWebhook(scope);
  return redirectTo(args, `/${scope.account.slug}/settings/alerts`, flash("Taken away."));
}
