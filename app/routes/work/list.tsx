import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { isAtWork, isOver } from "~/features/pipeline/run/run";
import { RunProgress } from "~/features/pipeline/run/run-progress";
import { RunTable } from "~/features/pipeline/run/run-table";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
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
  const runs = await listRuns(scope, { limit: 50 });
  const running = runs.filter((run) => isAtWork(run.state));
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (running.length > 0 && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { name, slug } = scope.account;
  return {
    accountName: name,
    base: `/${slug}`,
    place: scope.place,
    now: scope.clock.now(),
    running,
    recent: runs.filter((run) => isOver(run.state)).slice(0, RECENT),
    refreshes,
    may: { cancel: can(scope, "work.cancel") },
  };
}

export default function Work() {
  const { base, running, recent, place, refreshes, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Work" line="What Tallybook is doing for you in the background, and what it has done lately." />
      <div className="space-y-6">
        {running.map((run) => (
          <RunProgress
            key={run.id}
            {...{ base, run, place, ...facts }}
            title={run.fileName}
            log={[]}
            refresh={{ on: refreshes, href: refreshes ? `${base}/work?refresh=off` : `${base}/work` }}
          />
        ))}
        {running.length === 0 && recent.length > 0 ? <p className="quiet">Nothing is at work now.</p> : null}
        {running.length + recent.length === 0 ? (
          <Empty>Nothing is at work. An import will show here while it runs.</Empty>
        ) : null}
        {recent.length > 0 ? (
          <Panel title="Finished last" actions={<a href={`${base}/imports`}>All imports</a>}>
            <RunTable base={base} place={place} runs={recent} bare />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
