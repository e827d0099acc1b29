import { type ActionFunctionArgs } from "@remix-run/node";
import { copyCampaign } from "~/features/campaigns/save-campaign.server";
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
  const result = await copyCampaign(scope, campaignId);
  if (!result.ok) return notFound();
  return redirectTo(args, `${campaigns}/${result.id}/edit`, flash("Copied as a draft, without its list."));
}
