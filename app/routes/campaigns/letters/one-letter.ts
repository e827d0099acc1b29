import { type ActionFunctionArgs } from "@remix-run/node";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { printAndShow, requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";

export function loader() {
  methodNotAllowed();
}

/** One recipient's letter, also once more: it carries the same code. */
export async function action(args: ActionFunctionArgs) {
  const found = await requireLetters(args, "campaigns.write");
  const { contactId = "" } = args.params;
  if (!(await findRecipient(found.scope, { campaignId: found.campaign.id, contactId }))) return notFound();
  return printAndShow(args, found, { kind: "letters", who: "one", contactId, options: {} });
}
