import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { subjects } from "~/composition.server";
import { CorrectionBanner } from "~/features/pipeline/corrections/correction-banner";
import { findContinued } from "~/features/pipeline/corrections/corrections.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { importSteps } from "~/features/pipeline/run/import-words";
import { StoredPreview } from "~/features/pipeline/draft/preview-tables";
import { previewRows } from "~/features/pipeline/draft/preview.server";
import { rulesOf, rulesSentence } from "~/features/pipeline/rules/rules";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { StartForm } from "~/features/pipeline/trial/start-form";
import { isTrialAtWork } from "~/features/pipeline/trial/trial";
import { TrialProgress } from "~/features/pipeline/trial/trial-progress";
import { findTrial } from "~/features/pipeline/trial/trials.server";
import { rowsWithoutKey, TrialNumbers, TrialSamples } from "~/features/pipeline/trial/trial-result";
import { notFound, refreshAfter } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { requireScope } from "~/http/scope.server";
import { answerStart } from "~/routes/import/answer-start.server";
import { cameBeforeShown, phonesFrom, trialShown } from "~/routes/import/check-facts.server";
import { CheckBanners } from "~/routes/import/check-banners";
import { runIdOf } from "~/routes/import/run-id.server";
import { PostButton } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

const REFRESH_SECONDS = 2;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Check · ${data.fileName} · ${data.accountName}` : "Check" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const draft = (await findDraft(scope, runIdOf(args.params))) ?? notFound();
  const subject = await subjectFor(scope, subjects[draft.subject] ?? notFound());
  const trial = await findTrial(scope, draft.id);
  const progress = trial && isTrialAtWork(trial.state) ? trial : null;
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (progress && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { account, place } = scope;
  return {
    accountName: account.name,
    base: `/${account.slug}`,
    runId: draft.id,
    fileName: draft.fileName,
    place,
    now: scope.clock.now(),
    noun: subject.noun,
    origin: draft.settings.origin ?? null,
    phonesFrom: phonesFrom(scope, draft),
    rules: rulesSentence(subject, rulesOf(subject, draft.settings), draft.settings.mapping),
    preview: await previewRows(scope, subject, draft),
    continues: await findContinued(scope, draft.id),
    progress,
    refreshes,
    failed: trial?.state === "failed" ? { problem: trial.problem, reference: trial.problemReference } : null,
    trial: await trialShown(scope, subject, draft, trial),
    before: await cameBeforeShown(scope, draft, trial),
  };
}

/** The start of an import that has to be confirmed first. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const runId = runIdOf(args.params);
  const confirmed = onlyText(await readForm(args.request), "confirmed") ?? null;
  const answer = await answerStart(args, scope, { runId, confirmed });
  return answer.refused ? data({ error: answer.refused }, { status: 422 }) : answer.response;
}

export default function Check() {
  const facts = useLoaderData<typeof loader>();
  const { base, runId, fileName, place, noun, preview, trial, continues } = facts;
  const page = `${base}/imports/${runId}`;
  return (
    <>
      <PageHead
        title={`Import “${fileName}”`}
        line="What this import would do. Nothing is stored yet."
        back={{ href: `${base}/imports`, label: "Imports" }}
        actions={
          <PostButton action={`${page}/discarding`} tone="danger">
            Throw this upload away
          </PostButton>
        }
      />
      <Steps steps={importSteps(base, runId)} current={2} />
      <CheckBanners
        {...{ base, page, place, trial }}
        before={facts.before}
        failed={facts.failed ?? (preview.ok ? null : { problem: preview.reason, reference: null })}
      />
      {continues ? (
        <CorrectionBanner {...{ base, place }} first={continues} withoutKey={trial && rowsWithoutKey(trial.result)} />
      ) : null}
      <AtWork page={page} />
      {trial ? <TrialNumbers {...{ place, noun, result: trial.result, remarks: trial.remarks }} /> : null}
      {trial ? <TrialSamples {...{ base, place, noun, result: trial.result }} /> : null}
      <FirstRows />
      {trial?.leftOut ? <LeftOut page={page} sentence={trial.leftOut} /> : null}
      <Explanations page={page} />
      <Start page={page} />
    </>
  );
}

function LeftOut({ page, sentence }: { page: string; sentence: string }) {
  return (
    <p className="small mt-4">
      {sentence} <a href={`${page}/columns`}>See the columns</a>
    </p>
  );
}

function AtWork({ page }: { page: string }) {
  const { place, now, fileName, progress, refreshes } = useLoaderData<typeof loader>();
  if (!progress) return null;
  const href = refreshes ? `${page}/check?refresh=off` : `${page}/check`;
  return <TrialProgress {...{ place, now, fileName, trial: progress }} refresh={{ on: refreshes, href }} />;
}

function FirstRows() {
  const { base, preview } = useLoaderData<typeof loader>();
  const stored = preview.ok ? preview.rows.flatMap((row) => (row.ok ? [row] : [])) : [];
  return stored.length > 0 ? <StoredPreview rows={stored} recordBase={`${base}/contacts`} /> : null;
}

/** How the rows are read, and which contact each of them is. Corrected rows go by the columns of their first file. */
function Explanations({ page }: { page: string }) {
  const { origin, phonesFrom, rules, continues } = useLoaderData<typeof loader>();
  return (
    <>
      {origin ? (
        <p className="small mt-4">
          {origin === "vCard" ? "The file holds vCards" : `The file was recognised as an export of ${origin}`}: where
          its columns go is known. <a href={`${page}/columns`}>See the columns</a>
        </p>
      ) : null}
      {phonesFrom && !continues ? (
        <p className="small mt-4">
          Phone numbers without a country are read as from {phonesFrom}, unless their row names another country.{" "}
          <a href={`${page}/columns`}>Change</a>
        </p>
      ) : null}
      <p className="small mt-4">
        {rules} <a href={`${page}/rules`}>Change</a>
      </p>
      <p className="small quiet mt-4">
        What was edited by hand stays as it is. Rows that cannot be stored are kept aside, to be corrected and sent
        again.
      </p>
    </>
  );
}

function Start({ page }: { page: string }) {
  const { place, noun, trial, progress, failed, preview, continues } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (!trial && !progress && !failed && preview.ok) return <Unchecked page={page} />;
  if (!trial || trial.result.counts.read === 0) return null;
  return (
    <StartForm
      {...{ page, noun, locale: place.locale, result: trial.result, asks: trial.asks }}
      ownColumns={!continues}
      error={refused?.error}
    />
  );
}

/** One of the account's rules, or a field of its own, has been changed since: the pages before this one begin the trial. */
function Unchecked({ page }: { page: string }) {
  return (
    <div className="mt-4">
      <p>Before the import starts all rows are checked, as it is set up now. That stores nothing.</p>
      <div className="form-actions mt-3">
        <PostButton action={`${page}/trial`} tone="primary">
          Check all rows
        </PostButton>
      </div>
    </div>
  );
}
