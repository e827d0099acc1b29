/** What a run of a comparison found, with what stands around it: the reconciliation, a run at work, the one that failed last. */
import { expressionBuilder } from "kysely";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { type Trend } from "~/features/reconciliation/figures/trend";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Result {
  reconciliationId: string;
  name: string;
  /** Of a quick audit that nobody has saved. */
  expiresAt: string | null;
  /** Asked for or under way. */
  atWork: { id: string; state: "queued" | "running" } | null;
  /** Null: none is done yet. */
  run: DoneRun | null;
}

export interface DoneRun {
  id: string;
  /** False: a later one is done, too. */
  isLatest: boolean;
  firstDay: string;
  lastDay: string;
  startedAt: string;
  finishedAt: string;
  findingCount: number;
  settings: RunSettings;
  figures: Figures;
  trend: Trend;
}

/** A run that is done, with what was found. */
export type Found = Result & { run: DoneRun };

/** Null: no such reconciliation, no such run of it that is done, or whoever asks sees only their own contacts. One statement. */
export async function findResult(
  scope: Scope,
  { reconciliationId, runId }: { reconciliationId: string; runId: string | null },
): Promise<Result | null> {
  if (scope.ownOnly || ![reconciliationId, ...(runId === null ? [] : [runId])].every(isId)) return null;
  const row = await query(scope, reconciliationId, runId);
  if (!row || (runId !== null && row.runId === null)) return null;
  return {
    ...{ reconciliationId, name: row.name, expiresAt: row.expiresAt, atWork: workOf(row), run: runOf(row) },
  };
}

type Row = NonNullable<Awaited<ReturnType<typeof query>>>;

function workOf({ workId, workState }: Row): Result["atWork"] {
  return workId !== null && (workState === "queued" || workState === "running")
    ? { id: workId, state: workState }
    : null;
}

function runOf({
  runId,
  latestId,
  firstDay,
  lastDay,
  startedAt,
  finishedAt,
  findingCount,
  ...texts
}: Row): DoneRun | null {
  const { settings, figures, trend } = texts;
  if (runId === null || settings === null || figures === null || firstDay === null || lastDay === null) return null;
  return {
    ...{ id: runId, isLatest: runId === latestId, firstDay, lastDay, findingCount: findingCount ?? 0 },
    ...{ startedAt: startedAt ?? "", finishedAt: finishedAt ?? "" },
    settings: fromJson<RunSettings>(settings),
    figures: fromJson<Figures>(figures),
    trend: trend === null ? { days: [], methods: [] } : fromJson<Trend>(trend),
  };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function query(scope: Scope, reconciliationId: string, runId: string | null) {
  const latest = parts
    .selectFrom("comparison_runs as done")
    .select("done.id")
    .where("done.account_id", "=", scope.account.id)
    .where("done.reconciliation_id", "=", reconciliationId)
    .where("done.state", "=", "done")
    .orderBy("done.id", "desc")
    .limit(1);
  return scope.db
    .selectFrom("reconciliations as set_up")
    .leftJoin("comparison_runs as run", (join) =>
      join
        .onRef("run.account_id", "=", "set_up.account_id")
        .onRef("run.reconciliation_id", "=", "set_up.id")
        .on("run.state", "=", "done")
        .on("run.id", "=", runId ?? latest),
    )
    .leftJoin("comparison_runs as work", (join) =>
      join
        .onRef("work.account_id", "=", "set_up.account_id")
        .onRef("work.reconciliation_id", "=", "set_up.id")
        .on("work.state", "in", ["queued", "running"]),
    )
    .select(["set_up.name", "set_up.expires_at as expiresAt"])
    .select(["work.id as workId", "work.state as workState", "run.id as runId", "run.settings"])
    .select(["run.first_day as firstDay", "run.last_day as lastDay", "run.started_at as startedAt"])
    .select(["run.finished_at as finishedAt", "run.finding_count as findingCount", "run.figures", "run.trend"])
    .select(latest.as("latestId"))
    .where("set_up.account_id", "=", scope.account.id)
    .where("set_up.id", "=", reconciliationId)
    .where("set_up.deleted_at", "is", null)
    .executeTakeFirst();
}
