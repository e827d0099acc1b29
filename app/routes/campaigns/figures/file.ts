import { type LoaderFunctionArgs } from "@remix-run/node";
import { figureFile } from "~/features/campaigns/figures/figure-files.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { readFileName } from "~/routes/campaigns/figures/file-name";

/** A table of a campaign's figures: `funnel.csv`, `days.xlsx`. It counts, and names nobody. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { name, ending } = readFileName(args.params.file) ?? notFound();
  const file = (await figureFile(scope, args.params.campaignId ?? "", name, ending)) ?? notFound();
  return fileAnswer(file.bytes, file);
}
