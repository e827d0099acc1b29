import { type LoaderFunctionArgs } from "@remix-run/node";
import { reportOf } from "~/features/reconciliation/report/report";
import { reportJson } from "~/features/reconciliation/report/report-json";
import { reportPdf } from "~/features/reconciliation/report/report-pdf.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";

/** The report of the page at the same query string: `report.pdf`, `report.json`. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, result, run } = await requireDone(args);
  const of = { firm: scope.account.name, name: result.name, run };
  if (args.params.file === "report.json") {
    return Response.json(reportJson(result.reconciliationId, of), { headers: { "Cache-Control": "no-store" } });
  }
  if (args.params.file !== "report.pdf") return notFound();
  const pdf = reportPdf(reportOf(of, scope.place), { madeAt: scope.clock.now() });
  const name = `${result.name}, ${run.firstDay} to ${run.lastDay}.pdf`;
  return fileAnswer(pdf, { name, mediaType: "application/pdf", inline: true });
}
