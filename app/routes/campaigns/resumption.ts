import { type ActionFunctionArgs } from "@remix-run/node";
import { resumeCampaign } from "~/features/campaigns/start-campaign.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { answerMove } from "~/routes/campaigns/answer-move.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "" } = args.params;
  const result = await resumeCampaign(scope, campaignId);
  if (!result.ok && result.reason === "not-found") return notFound();
  return answerMove(args, { scope, campaignId, result, done: "It goes on." });
}
