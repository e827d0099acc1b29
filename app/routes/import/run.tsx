import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { subjects, undoing } from "~/composition.server";
import { can } from "~/features/accounts/rights";
import { howToUndo } from "~/features/changes/how-to-undo.server";
import { findChange } from "~/features/changes/list-changes.server";
import { type AboutRun, aboutRun, type Startable } from "~/features/connectors/runs/about-run.server";
import { canStartAgain } from "~/features/connectors/runs/start-again";
import { providersOf } from "~/features/connectors/registry.server";
import { importSteps } from "~/features/pipeline/run/import-words";
import { findContinued, listCorrections } from "~/features/pipeline/corrections/corrections.server";
import { listToCorrect } from "~/features/pipeline/corrections/refused-lines.server";
import { leftToCorrect } from "~/features/pipeline/corrections/rows-left.server";
import { saidOf } from "~/features/pipeline/rules/rules";
import { describeRemarks } from "~/features/pipeline/run/remarks";
import { isAtWork } from "~/features/pipeline/run/run";
import { RunProgress } from "~/features/pipeline/run/run-progress";
import { RunResult } from "~/features/pipeline/run/run-result";
import { type Again } from "~/features/pipeline/run/receipt-panel";
import { type ConnectorRun } from "~/features/pipeline/run/run-of-connector.server";
import { findRun, logTail, type RunFacts } from "~/features/pipeline/run/runs.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { besideSentence } from "~/features/pipeline/subject-beside";
import { notFound, refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { type RouteHandle } from "~/route-handle";
import { connectorPath } from "~/routes/connectors/paths";
import { runIdOf } from "~/routes/import/run-id.server";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Steps } from "~/ui/steps";

const REFRESH_SECONDS = 2;
const REFUSALS_SHOWN = 50;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: data ? `${data.run.fileName} · ${data.run.connector ? "Runs" : "Imports"} · ${data.accountName}` : "Import",
  },
];

/** A run of a connector belongs to its connector, or for whoever sees none to the work. */
export const handle: RouteHandle = {
  section: (data) => ((data as { run?: { connector: unknown } } | undefined)?.run?.connector ? "connectors" : null),
};

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "work.read");
  const run = (await findRun(scope, runIdOf(args.params))) ?? notFound();
  const base = `/${scope.account.slug}`;
  if (run.state === "draft") throw redirect(`${base}/imports/${run.id}/columns`);
  const atWork = isAtWork(run.state);
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (atWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const subject = subjects[run.subject] ?? notFound();
  const about = await aboutOf(args, scope, run);
  const refusedRows = { ...(await refusedOf(scope, run, { atWork })), refusedRecords: about.refused };
  const { locale } = scope.place;
  return {
    accountName: scope.account.name,
    base,
    place: scope.place,
    now: scope.clock.now(),
    run: { ...run, state: settledState(run, refusedRows.left) },
    refreshes,
    log: await logTail(scope, run.id),
    remarks: remarksOf(scope, run, subject),
    beside: besideSentence(run.connector?.beside, { noun: subject.noun, locale }),
    ...(atWork ? { undo: null, changesHref: null } : await changesOf(scope, run)),
    ...refusedRows,
    ...connectorOf(args, scope, { run, about }),
    continues: run.continuesId === null ? null : await findContinued(scope, run.id),
    may: { cancel: can(scope, "work.cancel"), import: can(scope, "contacts.import") },
  };
}

/** Whoever sees only their own contacts sees the numbers, and nothing of whom they are about. */
function remarksOf({ account, place, ownOnly }: Scope, { connector, remarks }: RunFacts, subject: AnySubject) {
  const lists = subject.id === "contacts" ? `/${account.slug}/contacts` : `/${account.slug}/data/${subject.id}`;
  return describeRemarks(subject, place.locale, ownOnly ? {} : remarks).map(({ name, text, subjectId, query }) => ({
    ...{ name, text: connector ? saidOf("record", text) : text },
    href: subjectId ? `${lists}/${subjectId}` : query && `${lists}?${query}`,
    link: subjectId ? `See the ${subject.noun.one}` : `See the ${subject.noun.many}`,
  }));
}

/** Of a run of a connector. Whoever sees only their own contacts sees nothing of whom it refused. */
async function aboutOf({ context }: LoaderFunctionArgs, scope: Scope, run: RunFacts): Promise<AboutRun> {
  const { id, connector } = run;
  const nothing = { connector: null, refused: [] };
  if (!connector) return nothing;
  const providers = providersOf(context.env.providers);
  const about = await aboutRun(scope, { id, connectorId: connector.id }, { providers, shows: !scope.ownOnly });
  return about ?? nothing;
}

/** What can be begun of the connector that a run is of, for whoever looks after connectors; null: it is gone. */
function connectorOf(args: LoaderFunctionArgs, scope: Scope, { run, about }: { run: RunFacts; about: AboutRun }) {
  const connector = can(scope, "connectors.manage") ? about.connector : null;
  if (!run.connector || !connector) return { connector: null, needsHref: null, again: null };
  const page = connectorPath(scope.account.slug, connector.id);
  const isOffered = providersOf(args.context.env.providers).has(connector.provider);
  return {
    connector: connector.isDeleted ? null : { name: connector.name, page },
    needsHref: needsSomebody(run, connector) ? page : null,
    again: isOffered ? againOf(scope, { ...run, connector: run.connector }, connector) : null,
  };
}

/** It did not go well, and nothing is read until somebody answers or connects it again. */
function needsSomebody({ id, state }: RunFacts, { isDeleted, lastRunId, canStart }: Startable): boolean {
  if (isDeleted) return false;
  return (state === "failed" || state === "attention") && lastRunId === id && !canStart;
}

/** Taking away asks the source nothing: it goes on also where that cannot be read, as long as nothing was read since. */
function againOf(
  { account: { slug } }: Scope,
  run: RunFacts & { connector: ConnectorRun },
  { id, canStart, lastRunId, refused }: Startable,
): Again {
  const isReady = run.connector.takesAway ? lastRunId === run.id : canStart;
  return {
    repetition: isReady && canStartAgain(run) ? `/${slug}/imports/${run.id}/repetition` : null,
    refused: canStart && refused > 0 ? { action: `${connectorPath(slug, id)}/start`, count: refused } : null,
  };
}

/** What nobody has to look at any more is done. What does not add up for a connector stays so. */
function settledState({ state, refusedLeft, undone, connector }: RunFacts, left: number): RunFacts["state"] {
  if (connector) return state;
  return state === "attention" && (left <= 0 || refusedLeft || undone) ? "done" : state;
}

/** The page of what it changed, and where that can be undone or was. */
async function changesOf(scope: Scope, { changeSetId, undone, connector }: RunFacts) {
  const change = changeSetId ? await findChange(scope, changeSetId) : null;
  if (!change) return { undo: null, changesHref: null };
  const { whyNot, label } = howToUndo(scope, change, undoing);
  const href = `/${scope.account.slug}/changes/${change.id}`;
  const changesHref = connector && change.hasEntries && can(scope, "contacts.read") ? href : null;
  if (!undone && (whyNot || !can(scope, "contacts.write"))) return { undo: null, changesHref };
  return { undo: { href, label: `${label} this ${connector ? "run" : "import"} …` }, changesHref };
}

/** Those that nobody has corrected yet, the first of them with what is wrong. */
async function refusedOf(scope: Scope, run: RunFacts, { atWork }: { atWork: boolean }) {
  const { refused: all } = run.counts;
  // What a connector's record says is corrected where it is from.
  if (atWork || all === 0 || run.connector) return { refused: [], corrections: [], left: all };
  const corrections = run.hasCorrections ? await listCorrections(scope, run.id) : [];
  const refused = scope.ownOnly ? [] : await listToCorrect(scope, run, REFUSALS_SHOWN);
  const shown = new Set(refused.map(({ position }) => position)).size;
  const isAll = !scope.ownOnly && shown < REFUSALS_SHOWN;
  return { refused, corrections, left: isAll ? shown : await leftToCorrect(scope, run) };
}

interface From {
  base: string;
  run: { connector: object | null };
  connector: { name: string; page: string } | null;
}

function backTo({ base, run, connector }: From) {
  if (connector) return { href: connector.page, label: connector.name };
  return run.connector ? { href: `${base}/runs`, label: "Runs" } : { href: `${base}/imports`, label: "Imports" };
}

export default function ImportRun() {
  const { base, run, refreshes, connector, needsHref, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`${run.connector ? "Run of" : "Import"} “${run.fileName}”`}
        line={run.startedBy ? `Started by ${run.startedBy}.` : undefined}
        back={backTo({ base, run, connector })}
        actions={
          needsHref ? (
            <ButtonLink href={needsHref} tone="primary">
              See what it needs
            </ButtonLink>
          ) : null
        }
        place={connector ? <a href={`${base}/runs?of=${run.connector?.id}`}>All its runs</a> : undefined}
      />
      {isAtWork(run.state) ? (
        <>
          {run.connector ? null : <Steps steps={importSteps(base).map(({ label }) => ({ label }))} current={3} />}
          <RunProgress
            {...{ base, run, ...facts }}
            refresh={{
              on: refreshes,
              href: refreshes ? `${base}/imports/${run.id}?refresh=off` : `${base}/imports/${run.id}`,
            }}
          />
        </>
      ) : (
        <RunResult base={base} run={run} {...facts} leadsOn={needsHref !== null} />
      )}
    </>
  );
}
