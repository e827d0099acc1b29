import { type ActionFunctionArgs } from "@remix-run/node";
import { setCampaignArchived } from "~/features/campaigns/save-campaign.server";
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
  const result = await setCampaignArchived(scope, campaignId, true);
  if (!result.ok) return notFound();
  const undo = { label: "Undo", href: `${campaigns}/${campaignId}/restoration`, method: "post" } as const;
  return redirectTo(args, campaigns, flash(`“${result.name}” is archived.`, undo));
}
