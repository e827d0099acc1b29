import { type LoaderFunctionArgs } from "@remix-run/node";
import { findPrint, openPrint } from "~/features/campaigns/letters/print-runs.server";
import { isGoodQuery } from "~/features/contacts/export/download-link.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { warning } from "~/http/flash.server";
import { isPrefetch } from "~/http/prefetch.server";
import { redirectTo } from "~/http/redirect.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";

/** The file of a run, by the signed link of its page. A whole list leaves the house with it, so it is for who may print it. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  const run = (await findPrint(scope, campaign.id, args.params.runId ?? "")) ?? notFound();
  const params = new URL(args.request.url).searchParams;
  if (isPrefetch(args.request) || !isGoodQuery(scope, run.fileId ?? "", params)) {
    const text =
      "That link to the file is no longer good. Each is for one person, for five minutes: here is a new one.";
    return redirectTo(args, `${here}/${run.id}`, warning(text));
  }

  const file = (await openPrint(scope, campaign.name, run)) ?? notFound();
  return fileAnswer(file.bytes, { name: file.name, mediaType: file.mediaType });
}
