import { type LoaderFunctionArgs } from "@remix-run/node";
import { campaignReport } from "~/features/campaigns/figures/report-pdf.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";

/** A campaign's figures on paper. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { name, bytes } = (await campaignReport(scope, args.params.campaignId ?? "")) ?? notFound();
  return fileAnswer(bytes, { name: `${name}.pdf`, mediaType: "application/pdf", inline: true });
}
