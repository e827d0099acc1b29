import { type ActionFunctionArgs } from "@remix-run/node";
import { undoLink } from "~/features/changes/undo-window";
import { countedContacts } from "~/features/contacts/contact";
import { takeOff } from "~/features/campaigns/recipients/take-off.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "" } = args.params;
  const ids = (await readForm(args.request)).getAll("id").map(String);
  const here = `/${scope.account.slug}/campaigns/${campaignId}`;
  const result = await takeOff(scope, campaignId, ids);
  if (!result.ok && result.reason === "not-found") return notFound();
  if (!result.ok) return redirectTo(args, here, warning("It has begun: nobody is taken off its list any more."));
  if (result.changeSetId === null)
    return redirectTo(args, here, warning("Nobody was chosen. Tick who is to come off the list."));
  const taken = `${countedContacts(result.taken, scope.place.locale)} taken off the list.`;
  return redirectTo(args, here, flash(taken, undoLink(scope.account.slug, result.changeSetId)));
}
