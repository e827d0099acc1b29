import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { readFindingFilter } from "~/features/reconciliation/results/finding-filter";
import { findingsFile, findingsFileEndings } from "~/features/reconciliation/results/findings-file.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";

/** The findings of the page at the same query string: `findings.csv`, `findings.xlsx`, `findings.json`. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, result, run, params, here } = await requireDone(args);
  const ending = findingsFileEndings.find((each) => args.params.file === `findings.${each}`) ?? notFound();
  const { filter, problems } = readFindingFilter(params);
  // The page says what is wrong.
  if (Object.keys(problems).length > 0) throw redirect(`${here}/findings?${params.toString()}`);
  const file = findingsFile(scope, { ...result, run }, filter, ending);
  return fileAnswer(file.bytes, file);
}
