import { type ActionFunctionArgs } from "@remix-run/node";
import { beginSending, type SendingResult } from "~/features/campaigns/mailing/begin-sending.server";
import { canBeSent, NO_SERVER } from "~/features/campaigns/mailing/send-campaign.server";
import { readLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";

export function loader() {
  methodNotAllowed();
}

type Refused = Exclude<Extract<SendingResult, { ok: false }>["reason"], "not-found" | "no-email">;

const refusals: Record<Refused, string> = {
  archived: "It is archived. Take it back into the list first.",
  "at-work": "Contacts are still being put on its list, or taken off it. Wait until that is done.",
  nobody: "There is nobody on its list to write to. Add recipients first.",
  "wrong-state": "It is completed. Take it up again first.",
};

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = await findEmailCampaign(scope, args.params.campaignId);
  const here = `/${scope.account.slug}/campaigns/${campaign.id}`;
  const no = (why: string) => redirectTo(args, `${here}/sending`, warning(why));
  if (!canMail(args.context)) return no(NO_SERVER);
  if (!canBeSent(await readLetter(scope, campaign)) || campaign.body === "") {
    return no("The text cannot be sent as it is. What stands below says why.");
  }
  const result = await beginSending(scope, campaign.id);
  if (result.ok) return redirectTo(args, here, flash("It is being sent. This page shows how far that is."));
  if (result.reason === "not-found" || result.reason === "no-email") return notFound();
  return no(refusals[result.reason]);
}
