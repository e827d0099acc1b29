import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { findDraft } from "~/features/pipeline/draft-run.server";
import { countsLine, importSteps } from "~/features/pipeline/import-words";
import { RefusedPreview, StoredPreview } from "~/features/pipeline/preview-tables";
import { previewRows } from "~/features/pipeline/preview.server";
import { findEarlierImport } from "~/features/pipeline/runs.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { runIdOf } from "~/routes/import/run-id.server";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Check · ${data.fileName} · ${data.accountName}` : "Check" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const subject = subjects[draft.subject] ?? notFound();
  const { account } = scope;
  const earlier = await findEarlierImport(scope, draft.id, draft.fileId);
  return {
    accountName: account.name,
    base: `/${account.slug}`,
    runId: draft.id,
    fileName: draft.fileName,
    preview: await previewRows(scope, subject, draft),
    earlier: earlier && {
      id: earlier.id,
      on: formatDate(account, earlier.startedAt ?? earlier.createdAt),
      by: earlier.startedBy,
      counts: countsLine(earlier.counts, account.locale),
    },
  };
}

export default function Check() {
  const { base, runId, fileName, preview, earlier } = useLoaderData<typeof loader>();
  const page = `${base}/imports/${runId}`;
  const rows = preview.ok ? preview.rows : [];
  const stored = rows.flatMap((row) => (row.ok ? [row] : []));
  const refused = rows.flatMap((row) => (row.ok ? [] : [row]));
  return (
    <>
      <PageHead
        title={`Import “${fileName}”`}
        line="The first rows as they will be stored. Nothing is stored yet."
        back={{ href: `${base}/imports`, label: "Imports" }}
      />
      <Steps steps={importSteps(base, runId)} current={2} />
      {earlier ? (
        <Banner tone="warn" undo={{ href: `${base}/imports/${earlier.id}`, label: "See that import" }}>
          This very file was imported on {earlier.on}
          {earlier.by ? ` by ${earlier.by}` : ""} ({earlier.counts}). Rows that have not changed since will come out the
          same.
        </Banner>
      ) : null}
      {preview.ok ? null : <Banner tone="bad">{preview.reason}</Banner>}
      {stored.length > 0 ? <StoredPreview rows={stored} /> : null}
      {refused.length > 0 ? <RefusedPreview rows={refused} /> : null}
      <p className="small quiet mt-4">
        A row is the contact with the same email, else the one with the same name and the same phone or company. What
        was edited by hand stays as it is. Rows that cannot be stored are kept aside, to be corrected and sent again.
      </p>
      <div className="form-actions mt-3">
        {preview.ok ? (
          <PostButton action={`${page}/start`} tone="primary">
            Import all rows
          </PostButton>
        ) : null}
        <ButtonLink href={`${page}/columns`}>Back to the columns</ButtonLink>
      </div>
    </>
  );
}
