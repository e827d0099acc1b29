import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type Report } from "~/features/reconciliation/report/report";
import { openReport } from "~/routes/report/open-report.server";
import { ReportView } from "~/routes/reconciliations/report/report-view";
import { PublicFrame } from "~/ui/public-frame";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.report ? `${data.report.name} · ${data.report.firm}` : "A report" },
  { name: "robots", content: "noindex, nofollow" },
];

interface Loaded {
  closed: keyof typeof closedWords | null;
  report: Report | null;
}

const closedWords = {
  unknown: {
    title: "This link does not work",
    line: "It is not complete, or was changed on its way: capital and small letters count. Ask whoever sent it for a new one.",
  },
  ended: {
    title: "This link has ended",
    line: "Its time is over, or it was taken back. Ask whoever sent it for a new one.",
  },
} as const;

export async function loader(args: LoaderFunctionArgs) {
  const opened = await openReport(args);
  if (opened.state === "open") return data<Loaded>({ closed: null, report: opened.report });
  return data<Loaded>({ closed: opened.state, report: null }, { status: opened.state === "ended" ? 410 : 404 });
}

/** The report, and nothing else. */
export default function PublicReport() {
  const { closed, report } = useLoaderData<typeof loader>();
  if (!report) return <PublicFrame firm={null} {...closedWords[closed ?? "unknown"]} />;
  const line = `${report.days}. Compared ${report.comparedAt}.`;
  return (
    <PublicFrame firm={report.firm} title={report.name} line={line} wide>
      <ReportView report={report} />
    </PublicFrame>
  );
}
