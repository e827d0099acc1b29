import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { inCountry } from "~/features/contacts/values/country-name";
import { findDraft } from "~/features/pipeline/draft-run.server";
import { CorrectionBanner } from "~/features/pipeline/correction-banner";
import { findContinued } from "~/features/pipeline/corrections.server";
import { countsLine, importSteps } from "~/features/pipeline/import-words";
import { RefusedPreview, StoredPreview } from "~/features/pipeline/preview-tables";
import { previewRows } from "~/features/pipeline/preview.server";
import { rulesOf, rulesSentence } from "~/features/pipeline/rules";
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
  const { account, place } = scope;
  const earlier = await findEarlierImport(scope, draft.id, draft.fileId);
  const { phoneCountry, mapping, origin } = draft.settings;
  const hasPhones = phoneFields.some((field) => mapping.includes(field));
  return {
    accountName: account.name,
    base: `/${account.slug}`,
    runId: draft.id,
    fileName: draft.fileName,
    locale: place.locale,
    origin: origin ?? null,
    phonesFrom: hasPhones ? inCountry(phoneCountry, place.locale) : null,
    rules: rulesSentence(subject, rulesOf(subject, draft.settings), mapping),
    preview: await previewRows(scope, subject, draft),
    continues: await findContinued(scope, draft.id),
    place,
    earlier: earlier && {
      id: earlier.id,
      on: formatDate(place, earlier.startedAt ?? earlier.createdAt),
      by: earlier.startedBy,
      counts: countsLine(earlier.counts, place.locale),
    },
  };
}

export default function Check() {
  const { base, runId, fileName, locale, origin, rules, preview, continues } = useLoaderData<typeof loader>();
  const page = `${base}/imports/${runId}`;
  const rows = preview.ok ? preview.rows : [];
  const stored = rows.flatMap((row) => (row.ok ? [row] : []));
  const refused = rows.flatMap((row) => (row.ok ? [] : [row]));
  const allRefused = refused.length > 0 && stored.length === 0;
  return (
    <>
      <PageHead
        title={`Import “${fileName}”`}
        line="The first rows as they will be stored. Nothing is stored yet."
        back={{ href: `${base}/imports`, label: "Imports" }}
      />
      <Steps steps={importSteps(base, runId)} current={2} />
      <ImportedBefore />
      <Corrects />
      {preview.ok ? null : <Banner tone="bad">{preview.reason}</Banner>}
      {allRefused ? <AllRefused count={refused.length} /> : null}
      {stored.length > 0 ? <StoredPreview rows={stored} recordBase={`${base}/contacts`} /> : null}
      {refused.length > 0 ? <RefusedPreview rows={refused} locale={locale} /> : null}
      {origin ? (
        <p className="small mt-4">
          {origin === "vCard" ? "The file holds vCards" : `The file was recognised as an export of ${origin}`}: where
          its columns go is known. <a href={`${page}/columns`}>See the columns</a>
        </p>
      ) : null}
      <PhonesFrom />
      <p className="small mt-4">
        {rules} <a href={`${page}/rules`}>Change</a>
      </p>
      <p className="small quiet mt-4">
        What was edited by hand stays as it is. Rows that cannot be stored are kept aside, to be corrected and sent
        again.
      </p>
      <NextSteps page={page} mayStart={preview.ok} allRefused={allRefused} ownColumns={!continues} />
    </>
  );
}

function PhonesFrom() {
  const { base, runId, phonesFrom, continues } = useLoaderData<typeof loader>();
  if (!phonesFrom || continues) return null;
  return (
    <p className="small mt-4">
      Phone numbers without a country are read as from {phonesFrom}, unless their row names another country.{" "}
      <a href={`${base}/imports/${runId}/columns`}>Change</a>
    </p>
  );
}

function Corrects() {
  const { base, continues, place } = useLoaderData<typeof loader>();
  return continues ? <CorrectionBanner base={base} place={place} first={continues} /> : null;
}

function ImportedBefore() {
  const { base, earlier } = useLoaderData<typeof loader>();
  if (!earlier) return null;
  return (
    <Banner tone="warn" undo={{ href: `${base}/imports/${earlier.id}`, label: "See that import" }}>
      This very file was imported on {earlier.on}
      {earlier.by ? ` by ${earlier.by}` : ""} ({earlier.counts}). Rows that no newer import has changed will come out
      the same. Where a newer import said something else, what this older file says wins again: the last import counts
      as the newest. What was edited by hand stays.
    </Banner>
  );
}

function AllRefused({ count }: { count: number }) {
  return (
    <Banner tone="warn">
      {count === 1 ? "The only row shown here would be refused" : `All ${count} rows shown here would be refused`}, for
      the reasons below. Look at the columns first: whether the file is read as it was meant, and whether each column
      goes where it belongs.
    </Banner>
  );
}

interface NextStepsProps {
  page: string;
  mayStart: boolean;
  allRefused: boolean;
  /** The file's columns can be sent elsewhere. */
  ownColumns: boolean;
}

function NextSteps({ page, mayStart, allRefused, ownColumns }: NextStepsProps) {
  const columns = ownColumns && (
    <ButtonLink href={`${page}/columns`} tone={allRefused ? "primary" : undefined}>
      Back to the columns
    </ButtonLink>
  );
  const start = (
    <PostButton action={`${page}/start`} tone={allRefused ? undefined : "primary"}>
      {allRefused ? "Import anyway" : "Import all rows"}
    </PostButton>
  );
  return (
    <div className="form-actions mt-3">
      {allRefused ? columns : null}
      {mayStart ? start : null}
      {allRefused ? null : columns}
    </div>
  );
}
