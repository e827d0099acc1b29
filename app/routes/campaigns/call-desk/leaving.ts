import { type ActionFunctionArgs } from "@remix-run/node";
import { findCalled } from "~/features/campaigns/call-desk/find-called.server";
import { leaveContact } from "~/features/campaigns/call-desk/next-contact.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "", contactId = "" } = args.params;
  const called = (await findCalled(scope, { campaignId, contactId })) ?? notFound();
  await leaveContact(scope, { campaignId, contactId });
  const desk = `/${scope.account.slug}/campaigns/${campaignId}/calls`;
  return redirectTo(args, desk, flash(`${called.name ?? "They"} can be called by others. Nothing was recorded.`));
}
