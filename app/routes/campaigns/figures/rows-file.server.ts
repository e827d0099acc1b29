import { type LoaderFunctionArgs } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { readFigureFilter } from "~/features/campaigns/figures/figure-filter";
import { figureRowsFile } from "~/features/campaigns/figures/figure-files.server";
import { forbidden, notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireScope } from "~/http/scope.server";
import { type FileEnding } from "~/platform/table-file.server";

/** The rows behind a figure as a file: names and addresses leave the house. */
export async function rowsFile(args: LoaderFunctionArgs, ending: FileEnding): Promise<Response> {
  const scope = await requireScope(args, "contacts.export");
  if (!can(scope, "campaigns.read")) forbidden();
  const filter = readFigureFilter(new URL(args.request.url).searchParams);
  const file = (await figureRowsFile(scope, args.params.campaignId ?? "", filter, ending)) ?? notFound();
  return fileAnswer(file.bytes, file);
}
