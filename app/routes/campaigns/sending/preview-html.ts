import { type LoaderFunctionArgs } from "@remix-run/node";
import { linksOfNobody, readLetter, writeLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { findReader } from "~/features/campaigns/mailing/find-reader.server";
import { requireScope } from "~/http/scope.server";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";

/** The mail's own HTML for the frame of its preview. It runs nothing, loads nothing and leads nowhere, wherever it is opened. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

const NOBODY = `<!doctype html><html lang="en-GB"><title>Nobody</title><p>Nobody on the list is written to.</p></html>`;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const campaign = await findEmailCampaign(scope, args.params.campaignId);
  const letter = await readLetter(scope, campaign);
  const contactId = new URL(args.request.url).searchParams.get("who") ?? "";
  const which = contactId === "" ? "first" : { contactId };
  const found = await findReader(scope, campaign.id, { which, facts: letter.facts });
  const links = linksOfNobody(scope, args.context.env.appOrigin, campaign.id);
  const html = found ? writeLetter(letter, found.person.values, links).html : NOBODY;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  return new Response(html, { headers });
}
