import { type ActionFunctionArgs } from "@remix-run/node";
import { bringBackCampaign } from "~/features/campaigns/save-campaign.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "" } = args.params;
  const campaigns = `/${scope.account.slug}/campaigns`;
  const result = await bringBackCampaign(scope, campaignId);
  if (!result.ok) return notFound();
  return redirectTo(args, `${campaigns}/${campaignId}`, flash("It is back."));
}
