import { type ActionFunctionArgs } from "@remix-run/node";
import { guardedFetchOf } from "~/features/connectors/access/guarded-fetch-of.server";
import { testWebhook } from "~/features/connectors/alerts/send-message.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/** Sends a message to the account's webhook, and says whether it was taken. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { env } = args.context;
  const sending = { fetch: guardedFetchOf(env.providers), origin: env.appOrigin, signal: args.request.signal };
  const problem = await testWebhook(scope, sending);
  const told = problem === null ? flash("The test was taken: look into your channel.") : warning(problem);
  return redirectTo(args, `/${scope.account.slug}/settings/alerts`, told);
}
