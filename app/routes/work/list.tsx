import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { isAtWork as isBulkAtWork } from "~/features/contacts/bulk/bulk-edit";
import { listBulk } from "~/features/contacts/bulk/bulk-edits.server";
import { BulkProgress, BulkTable } from "~/features/contacts/bulk/bulk-work";
import { bulkWords } from "~/features/contacts/bulk/bulk-words";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { isAtWork, isOver } from "~/features/pipeline/run/run";
import { RunProgress } from "~/features/pipeline/run/run-progress";
import { RunTable } from "~/features/pipeline/run/run-table";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

const REFRESH_SECONDS = 3;
/** The rest is listed under Imports. */
const RECENT = 5;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Work · ${data.accountName}` : "Work" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "work.read");
  const latest = await listRuns(scope, { limit: 50, connectors: true });
  const runs = settled(latest, await rowsLeft(scope, latest));
  const running = runs.filter((run) => isAtWork(run.state));
  const bulk = await toldBulk(scope);
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (running.length + bulk.running.length > 0 && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { name, slug } = scope.account;
  return {
    accountName: name,
    base: `/${slug}`,
    place: scope.place,
    now: scope.clock.now(),
    running,
    recent: runs.filter((run) => isOver(run.state)).slice(0, RECENT),
    bulk,
    refreshes,
    may: { cancel: can(scope, "work.cancel"), export: can(scope, "contacts.export") },
  };
}

/** Their own changes of many contacts, in words. */
async function toldBulk(scope: Scope) {
  const edits = await listBulk(scope, 50);
  const reader = { locale: scope.place.locale, fields: edits.length > 0 ? await customFields(scope) : [] };
  const told = edits.map(({ id, change, state, askedAt, changeSetId, total, toChange, done, changed }) => {
    return {
      ...{ id, state, askedAt, changeSetId, total, toChange, done, changed },
      title: bulkWords(change, reader).title,
    };
  });
  return {
    running: told.filter(({ state }) => isBulkAtWork(state)),
    recent: told.filter(({ state }) => !isBulkAtWork(state)).slice(0, RECENT),
  };
}

export default function Work() {
  const { base, running, recent, place, refreshes, bulk, may, ...facts } = useLoaderData<typeof loader>();
  const refresh = { on: refreshes, href: refreshes ? `${base}/work?refresh=off` : `${base}/work` };
  const [atWork, ended] = [running.length + bulk.running.length, recent.length + bulk.recent.length];
  return (
    <>
      <PageHead
        title="Work"
        line="What Tallybook is doing for you in the background, and what it has done lately."
        actions={may.export ? <ButtonLink href={`${base}/exports`}>Exports</ButtonLink> : null}
      />
      <div className="space-y-6">
        {running.map((run) => (
          <RunProgress
            key={run.id}
            {...{ base, run, place, may, ...facts }}
            title={run.fileName}
            log={[]}
            refresh={refresh}
          />
        ))}
        {bulk.running.map((edit) => (
          <BulkProgress key={edit.id} {...{ base, place, edit, refresh }} />
        ))}
        {atWork === 0 && ended > 0 ? <p className="quiet">Nothing is at work now.</p> : null}
        {atWork + ended === 0 ? (
          <Empty>Nothing is at work. An import, or a change of many contacts, will show here while it runs.</Empty>
        ) : null}
        {recent.length > 0 ? (
          <Panel title="Finished last" actions={<a href={`${base}/runs`}>All runs</a>}>
            <RunTable base={base} place={place} runs={recent} bare />
          </Panel>
        ) : null}
        {bulk.recent.length > 0 ? (
          <Panel title="Contacts changed together">
            <BulkTable {...{ base, place }} edits={bulk.recent} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
