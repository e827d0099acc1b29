import { type ActionFunctionArgs } from "@remix-run/node";
import { discardPrint } from "~/features/campaigns/letters/print-runs.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  const { runId = "" } = args.params;
  const result = await discardPrint(scope, campaign.id, runId);
  if (!result.ok && result.reason === "not-found") return notFound();
  if (!result.ok) {
    const text = "They are marked as printed. Undo that first, among the changes.";
    return redirectTo(args, `${here}/${runId}`, warning(text));
  }
  return redirectTo(args, here, flash("The file is thrown away. Its letters can be printed anew."));
}
