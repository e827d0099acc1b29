import { type ActionFunctionArgs } from "@remix-run/node";
import { methodNotAllowed } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { answerNext } from "~/routes/campaigns/call-desk/answer-next.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  return answerNext(args, { scope, campaignId: args.params.campaignId ?? "" });
}
