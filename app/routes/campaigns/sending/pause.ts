import { type ActionFunctionArgs } from "@remix-run/node";
import { pauseSending } from "~/features/campaigns/mailing/begin-sending.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "" } = args.params;
  const here = `/${scope.account.slug}/campaigns/${campaignId}`;
  const result = await pauseSending(scope, campaignId);
  if (result.ok) return redirectTo(args, here, flash("Paused. A few mails that are under way still arrive."));
  if (result.reason === "wrong-state") return redirectTo(args, here, warning("It is not being sent."));
  return notFound();
}
