import { type ActionFunctionArgs } from "@remix-run/node";
import { takeContact } from "~/features/campaigns/call-desk/next-contact.server";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatTime } from "~/platform/time";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "", contactId = "" } = args.params;
  const taken = await takeContact(scope, { campaignId, contactId });
  const desk = `/${scope.account.slug}/campaigns/${campaignId}/calls`;
  const here = `${desk}/${contactId}`;
  const at = (instant: string) => formatTime(scope.place, instant);
  if (taken.ok) return redirectTo(args, here, flash(`They are yours until ${at(taken.until)}.`));
  if (taken.reason === "not-found") return notFound();
  if (taken.reason === "not-running") return redirectTo(args, desk, warning("Nobody is called now."));
  if (taken.reason === "left-out")
    return redirectTo(args, here, warning(`They are not called any more: ${leftOutNames[taken.why].toLowerCase()}.`));
  const who = taken.by ?? "Somebody";
  return redirectTo(args, here, warning(`${who} was faster, and has them until ${at(taken.until)}.`));
}
