import { type ActionFunctionArgs } from "@remix-run/node";
import { isWebhookKind } from "~/features/campaigns/mailing/webhook-kinds";
import { removeWebhook } from "~/features/campaigns/mailing/webhooks.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/** Takes the address of a service away: nothing that it says is believed any more. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { kind } = args.params;
  if (!isWebhookKind(kind)) return notFound();
  await removeWebhook(scope, kind);
  return redirectTo(args, `/${scope.account.slug}/settings/mail-reports`, flash("Taken away."));
}
