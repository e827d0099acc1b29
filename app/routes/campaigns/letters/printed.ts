import { type ActionFunctionArgs } from "@remix-run/node";
import { confirmPrinted } from "~/features/campaigns/letters/mark-printed.server";
import { countedLetters } from "~/features/campaigns/letters/print-run";
import { undoLink } from "~/features/changes/undo-window";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";

export function loader() {
  methodNotAllowed();
}

const refusals = {
  "not-ready": "There is nothing to say of this file: it is not made yet, was thrown away, or has no letters in it.",
  nobody: "The campaign has nobody on its list to begin with.",
  "at-work": "Contacts are still being put on its list, or taken off it. Wait until that is done.",
};

export async function action(args: ActionFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  const { runId = "" } = args.params;
  const result = await confirmPrinted(scope, campaign.id, runId);
  if (!result.ok) {
    const { reason } = result;
    return reason === "not-found" ? notFound() : redirectTo(args, `${here}/${runId}`, warning(refusals[reason]));
  }
  const { slug } = scope.account;
  const counted = countedLetters(result.marked, scope.place.locale);
  const message = result.isDone
    ? flash(`Marked as printed: ${counted}.`, undoLink(slug, result.changeSetId))
    : flash(`They are being marked as printed: ${counted}.`);
  return redirectTo(args, `${here}/${runId}`, message);
}
