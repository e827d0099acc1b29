import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { reportOf } from "~/features/reconciliation/report/report";
import { ReportView } from "~/routes/reconciliations/report/report-view";
import { headFacts, requireDone } from "~/routes/reconciliations/results/result.server";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Report · ${data.name} · ${data.accountName}` : "Report" },
];

/** Of the run that the address names, else of the latest. */
export async function loader(args: LoaderFunctionArgs) {
  const done = await requireDone(args);
  const { scope, result, run } = done;
  const report = reportOf({ firm: scope.account.name, name: result.name, run }, scope.place);
  return { ...headFacts(done), report };
}

export default function ReportPage() {
  const { name, here, ofRun, mayWrite, report } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Report: ${name}`}
        line={`${report.days}. Compared ${report.comparedAt}.`}
        back={{ href: `${here}${ofRun}`, label: name }}
        actions={
          <>
            {mayWrite ? (
              <ButtonLink href={`${here}/report/recipients${ofRun}`}>Mail it, or make a link</ButtonLink>
            ) : null}
            <ButtonLink tone="primary" href={`${here}/report/report.pdf${ofRun}`}>
              PDF
            </ButtonLink>
          </>
        }
      />
      <ReportView report={report} />
      <p className="small quiet no-print">
        Each order that does not agree: <a href={`${here}/findings/findings.csv${ofRun}`}>CSV</a>,{" "}
        <a href={`${here}/findings/findings.xlsx${ofRun}`}>XLSX</a>. All figures for programs:{" "}
        <a href={`${here}/report/report.json${ofRun}`}>JSON</a>.
      </p>
    </>
  );
}
