import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { type Right } from "~/features/accounts/rights";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { type AskForPrintResult, askForPrint, type PrintWish } from "~/features/campaigns/letters/print-runs.server";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

/** The campaign of letters that an address names; any other is not there. */
export async function requireLetters(args: LoaderFunctionArgs | ActionFunctionArgs, right: Right) {
  const scope = await requireScope(args, right);
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  if (campaign.channel !== "letter") notFound();
  const campaignHref = `/${scope.account.slug}/campaigns/${campaign.id}`;
  return { scope, campaign, campaignHref, here: `${campaignHref}/letters` };
}

const refusals: Record<Extract<AskForPrintResult, { ok: false }>["reason"], string> = {
  "not-found": "It is no longer there.",
  "no-letters": "This is no campaign of letters.",
  archived: "It is archived. Take it back into the list first.",
  "at-work": "Another file is being made, or contacts are still being put on its list. Wait until that is done.",
};

/** Asks for a file and goes to its page. */
export async function printAndShow(
  args: ActionFunctionArgs,
  { scope, campaign, here }: Pick<Awaited<ReturnType<typeof requireLetters>>, "scope" | "campaign" | "here">,
  wish: PrintWish,
): Promise<Response> {
  const asked = await askForPrint(scope, campaign.id, wish);
  if (!asked.ok) return redirectTo(args, here, warning(refusals[asked.reason]));
  const text = "The file is being made. This page shows when it is ready.";
  return redirectTo(args, `${here}/${asked.runId}`, flash(text));
}
