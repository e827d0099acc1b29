import { type ActionFunctionArgs } from "@remix-run/node";
import { deleteCampaign } from "~/features/campaigns/save-campaign.server";
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
  const campaigns = `/${scope.account.slug}/campaigns`;
  const result = await deleteCampaign(scope, campaignId);
  if (!result.ok) {
    if (result.reason === "not-found") return notFound();
    return redirectTo(args, `${campaigns}/${campaignId}`, warning("It has begun: it can be archived, not deleted."));
  }
  const undo = { label: "Undo", href: `${campaigns}/${campaignId}/return`, method: "post" } as const;
  return redirectTo(args, campaigns, flash(`The draft “${result.name}” is deleted.`, undo));
}
