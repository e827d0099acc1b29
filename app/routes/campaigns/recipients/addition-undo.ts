import { type ActionFunctionArgs } from "@remix-run/node";
import { undoAddition } from "~/features/campaigns/recipients/undo-addition.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "", additionId = "" } = args.params;
  const here = `/${scope.account.slug}/campaigns/${campaignId}`;
  const result = await undoAddition(scope, campaignId, additionId);
  if (!result.ok && result.reason === "not-found") return notFound();
  if (!result.ok) return redirectTo(args, here, warning("It has begun: nobody is taken off its list any more."));
  if (!result.isDone) {
    return redirectTo(args, here, flash("They are being taken off the list. The page shows how far that is."));
  }
  return redirectTo(args, here, flash(`${result.taken.toLocaleString(scope.place.locale)} taken off the list.`));
}
