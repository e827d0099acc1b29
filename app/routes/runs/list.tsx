import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { canStartAgain } from "~/features/connectors/runs/start-again";
import { listScheduled } from "~/features/connectors/schedule/save-schedule.server";
import { rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { AllRunsTable } from "~/features/pipeline/run/all-runs-table";
import { isAtWork } from "~/features/pipeline/run/run";
import {
  groupNames,
  readRunCursor,
  readRunFilters,
  runGroups,
  type RunGroup,
  runQueryOf,
} from "~/features/pipeline/run/run-filters";
import { type ListedRun, listRunPage } from "~/features/pipeline/run/run-list.server";
import { listRefusing } from "~/features/pipeline/run/still-refused.server";
import { refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterDate, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";

const REFRESH_SECONDS = 5;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Runs · ${data.accountName}` : "Runs" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "work.read");
  const params = new URL(args.request.url).searchParams;
  const filters = readRunFilters(params);
  const page = await listRunPage(scope, filters, readRunCursor(params));
  const rows = settled(page.rows, await rowsLeft(scope, page.rows));
  const refreshes = params.get("refresh") !== "off";
  const isWorking = rows.some(({ state }) => isAtWork(state));
  if (isWorking && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  const { name, slug } = scope.account;
  const mayStart = can(scope, "connectors.manage");
  return {
    ...{ accountName: name, base: `/${slug}`, place: scope.place, now: scope.clock.now(), filters, rows },
    connectors: (await listScheduled(scope)).map(({ id, name, state }) => ({
      ...{ value: id, label: name },
      canStart: state === "on" || state === "paused",
    })),
    pages: {
      ...{ from: page.from, to: page.to },
      newer: page.previous && runQueryOf(filters, page.previous),
      older: page.next && runQueryOf(filters, page.next),
    },
    refusing: mayStart ? [...(await listRefusing(scope, refusedOf(rows))).values()] : [],
    refresh: { shown: isWorking, on: refreshes, off: stopped(params) },
    may: { start: mayStart },
  };
}

/** Connectors of runs that refused something. */
function refusedOf(runs: readonly ListedRun[]): string[] {
  const ids = runs.flatMap(({ connector, counts }) => (connector && counts.refused > 0 ? connector.id : []));
  return [...new Set(ids)];
}

/** The same page without refreshing. */
function stopped(params: URLSearchParams): string {
  const query = new URLSearchParams(params);
  query.set("refresh", "off");
  return `?${query.toString()}`;
}

export default function Runs() {
  const { base, filters, rows, refresh } = useLoaderData<typeof loader>();
  const isNarrowed = runQueryOf(filters) !== "";
  return (
    <>
      <PageHead
        title="Runs"
        line="Every reading of a connector and every import of a file, the newest first."
        back={{ href: `${base}/work`, label: "Work" }}
      />
      {rows.length === 0 && !isNarrowed ? null : <Filters />}
      {refresh.shown ? (
        <p className="quiet small mb-3">
          {refresh.on ? (
            <>
              This page shows every few seconds how far they are. <a href={refresh.off}>Stop refreshing</a>
            </>
          ) : (
            <a href={`${base}/runs${runQueryOf(filters)}`}>Refresh again</a>
          )}
        </p>
      ) : null}
      {rows.length === 0 ? <Nothing isNarrowed={isNarrowed} /> : <Rows />}
    </>
  );
}

function Filters() {
  const { base, filters, connectors } = useLoaderData<typeof loader>();
  const action = `${base}/runs`;
  const groups = Object.keys(runGroups) as RunGroup[];
  return (
    <FilterBar action={action} clearHref={runQueryOf(filters) ? action : undefined} foldLabel="Filter">
      <FilterSelect
        name="of"
        label="Of what"
        any="Files and connectors"
        value={filters.of ?? ""}
        options={[
          { value: "files", label: "Imports of files" },
          ...connectors.map(({ value, label }) => ({ value, label })),
        ]}
      />
      <FilterSelect
        name="state"
        label="State"
        any="Any state"
        value={filters.state ?? ""}
        options={groups.map((group) => ({ value: group, label: groupNames[group] }))}
      />
      <FilterDate name="from" label="From" value={filters.from ?? undefined} />
      <FilterDate name="until" label="To" value={filters.until ?? undefined} />
    </FilterBar>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  const { base } = useLoaderData<typeof loader>();
  if (isNarrowed)
    return <Empty actions={<ButtonLink href={`${base}/runs`}>All runs</ButtonLink>}>None is like that.</Empty>;
  return <Empty>Each reading of a connector and each import of a file will be listed here with its counts.</Empty>;
}

function Rows() {
  const { base, place, now, rows, pages, connectors, refusing, may } = useLoaderData<typeof loader>();
  const startable = new Set(connectors.filter(({ canStart }) => canStart).map(({ value }) => value));
  const again = (run: ListedRun) =>
    againOf(run, { base, canStart: startable.has(run.connector?.id ?? ""), isRefusing: refusing.includes(run.id) });
  const foot = (
    <div className="foot">
      <span>{`${formatCount(pages.from, place)}–${formatCount(pages.to, place)}`}</span>
      <nav aria-label="Pages">
        {pages.newer ? <a href={`${base}/runs${pages.newer}`}>← Newer</a> : null}
        {pages.older ? <a href={`${base}/runs${pages.older}`}>Older →</a> : null}
      </nav>
    </div>
  );
  const isAgain = may.start && rows.some((run) => again(run) !== null);
  return (
    <AllRunsTable
      {...{ base, place, now }}
      runs={rows}
      foot={pages.newer || pages.older ? foot : undefined}
      again={isAgain ? again : null}
    />
  );
}

/** What can be done once more of a run of a connector; null: nothing, as while it is at work. */
function againOf(run: ListedRun, of: Of) {
  if (run.newest === null || run.newest.isAtWork) return null;
  const [repetition, refusedAt] = [repetitionOf(run, of), refusedAtOf(run, of)];
  if (repetition === null && refusedAt === null) return null;
  return (
    <div className="actions">
      {repetition === null ? null : (
        <PostButton small action={repetition}>
          Start again
        </PostButton>
      )}
      {refusedAt === null ? null : (
        <PostButton small action={refusedAt} fields={{ mode: "refused" }}>
          Only the refused
        </PostButton>
      )}
    </div>
  );
}

interface Of {
  base: string;
  /** The connector is on or paused: nothing is asked of anybody, and it is not deleted. */
  canStart: boolean;
  /** It is the latest by which records of its connector stand refused. */
  isRefusing: boolean;
}

/** Where it is begun again as what it was. Taking away goes on also where nothing can be read, if nothing was read since. */
function repetitionOf(run: ListedRun, { base, canStart }: Of): string | null {
  const { id, connector, state } = run;
  if (!connector || !(connector.takesAway ? run.newest?.id === id : canStart)) return null;
  const isOdd = state === "attention" && (connector.mode === "whole" || connector.mode === "changes");
  return isOdd || canStartAgain(run) ? `${base}/imports/${id}/repetition` : null;
}

function refusedAtOf({ connector }: ListedRun, { base, canStart, isRefusing }: Of): string | null {
  return connector && canStart && isRefusing ? `${base}/connectors/${connector.id}/start` : null;
}
