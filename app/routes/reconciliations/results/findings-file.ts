import { type LoaderFunctionArgs } from "@remix-run/node";
import { readFindingFilter } from "~/features/reconciliation/results/finding-filter";
import { findingsFile, findingsFileEndings } from "~/features/reconciliation/results/findings-file.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";

/** The findings of the page at the same query string: `findings.csv`, `findings.xlsx`, `findings.json`. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, result, run, params } = await requireDone(args);
  const ending = findingsFileEndings.find((each) => args.params.file === `findings.${each}`) ?? notFound();
  const { filter, problems } = readFindingFilter(params);
  const wrong = Object.values(problems);
  if (wrong.length > 0) return new Response(wrong.join(" "), { status: 422 });
  const file = findingsFile(scope, { ...result, run }, filter, ending);
  return fileAnswer(file.bytes, file);
}
