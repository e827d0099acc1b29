import { type ActionFunctionArgs } from "@remix-run/node";
import { MOST_MARKED } from "~/features/campaigns/recipients/mark-delivery.server";
import { type RecordDeliveryResult } from "~/features/campaigns/recipients/record-delivery.server";
import { undoLink } from "~/features/changes/undo-window";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

type Decide = (scope: Scope, who: { campaignId: string; contactIds: string[] }) => Promise<RecordDeliveryResult>;

/** What a person decides of those who were ticked on the page of the not known. */
export async function decideUnknown(args: ActionFunctionArgs, decide: Decide, done: string): Promise<Response> {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "" } = args.params;
  const ids = (await readForm(args.request)).getAll("id").map(String).slice(0, MOST_MARKED);
  const { slug } = scope.account;
  const here = `/${slug}/campaigns/${campaignId}/sending/unknown`;
  const result = await decide(scope, { campaignId, contactIds: ids });
  if (result.ok) {
    const told = `${result.marked.toLocaleString(scope.place.locale)} ${done}.`;
    return redirectTo(args, here, flash(told, undoLink(slug, result.changeSetId)));
  }
  if (result.reason === "not-found") return notFound();
  return redirectTo(args, here, warning("Nobody was chosen who is not known. Tick whom you mean."));
}
