import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { headFacts, requireResult } from "~/routes/reconciliations/results/result.server";
import { summaryFacts } from "~/routes/reconciliations/results/summary-facts.server";
import { SummaryView } from "~/routes/reconciliations/results/summary-view";
import { formatInstant } from "~/platform/time";
import { untilSaved } from "~/routes/reconciliations/audit/audit-words";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Reconciliations · ${data.accountName}` : "Reconciliations" },
];

export async function loader(args: LoaderFunctionArgs) {
  const shown = await requireResult(args);
  const { result, here } = shown;
  const { run, atWork } = result;
  return {
    ...headFacts(shown),
    listHref: `/${shown.scope.account.slug}/reconciliations`,
    atWork: atWork && { href: `${here}/runs/${atWork.id}`, isRunning: atWork.state === "running" },
    audit: result.expiresAt === null ? null : { until: formatInstant(shown.scope.place, result.expiresAt) },
    summary: run && summaryFacts({ ...shown, run }),
  };
}

export default function Summary() {
  const { name, here, mayWrite, listHref, atWork, audit, summary } = useLoaderData<typeof loader>();
  const compare = mayWrite ? <WhatToDo here={here} isAudit={audit !== null} isAtWork={atWork !== null} /> : null;
  const working = atWork ? (
    <Banner tone="warn" undo={{ href: atWork.href, label: "See how far it is" }}>
      {atWork.isRunning ? "It is being compared." : "A comparison waits for its turn."}{" "}
      {summary ? "What stands here is of the last one that is done." : ""}
    </Banner>
  ) : null;
  const above = (
    <>
      {audit ? <Banner tone="warn">{untilSaved(audit.until)}</Banner> : null}
      {working}
    </>
  );
  if (!summary) {
    return (
      <>
        <PageHead title={name} back={{ href: listHref, label: "Reconciliations" }} />
        {above}
        {atWork ? null : (
          <Empty actions={compare}>Nothing was compared yet. What agrees and what does not will stand here.</Empty>
        )}
      </>
    );
  }
  return <SummaryView summary={summary} listHref={listHref} compare={compare} working={above} />;
}

/** What an audit's files were read as is looked at on a page of its own; its settings are there once it is saved. */
function WhatToDo({ here, isAudit, isAtWork }: { here: string; isAudit: boolean; isAtWork: boolean }) {
  if (isAudit) {
    return (
      <>
        <ButtonLink href={`${here}/files`}>Its files</ButtonLink>
        <PostButton tone="primary" action={`${here}/saving`}>
          Save as a reconciliation
        </PostButton>
      </>
    );
  }
  return (
    <>
      <ButtonLink href={`${here}/sources`}>Settings</ButtonLink>
      {isAtWork ? null : (
        <PostButton tone="primary" action={`${here}/runs`} fields={{ firstDay: "", lastDay: "" }}>
          Compare now
        </PostButton>
      )}
    </>
  );
}
