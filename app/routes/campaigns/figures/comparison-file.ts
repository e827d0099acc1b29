import { type LoaderFunctionArgs } from "@remix-run/node";
import { compareCampaigns } from "~/features/campaigns/figures/compare-campaigns.server";
import { readComparison } from "~/features/campaigns/figures/comparison";
import { comparisonTable } from "~/features/campaigns/figures/comparison-tables.server";
import { onePage } from "~/features/campaigns/figures/figure-files.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { fileOf } from "~/platform/table-file.server";
import { readFileName } from "~/routes/campaigns/figures/file-name";

/** The comparison, narrowed and sorted as its page at the same query string. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { name, ending } = readFileName(args.params.file) ?? notFound();
  const view = readComparison(new URL(args.request.url).searchParams);
  const table = comparisonTable(await compareCampaigns(scope, view), name) ?? notFound();
  const file = fileOf({ ...table, name: table.title }, onePage(table.rows), ending);
  return fileAnswer(file.bytes, file);
}
