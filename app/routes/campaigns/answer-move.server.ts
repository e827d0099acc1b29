import { type ActionFunctionArgs } from "@remix-run/node";
import { stateNames } from "~/features/campaigns/campaign";
import { type StateResult } from "~/features/campaigns/start-campaign.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type Scope } from "~/platform/scope.server";

const refusals = {
  nobody: "There is nobody on its list to write to. Add recipients first.",
  "at-work": "Contacts are still being put on its list, or taken off it. Wait until that is done.",
  "is-sent": "An email begins by being sent.",
  "not-found": "It is no longer there.",
};

/** Back to the campaign, with what became of moving it on. */
export function answerMove(
  args: ActionFunctionArgs,
  { scope, campaignId, result, done }: { scope: Scope; campaignId: string; result: StateResult; done: string },
): Promise<Response> {
  const here = `/${scope.account.slug}/campaigns/${campaignId}`;
  if (result.ok) return redirectTo(args, here, flash(done));
  const why =
    result.reason === "wrong-state"
      ? `That cannot be done now: it is ${stateNames[result.state].toLowerCase()}.`
      : refusals[result.reason];
  return redirectTo(args, here, warning(why));
}
