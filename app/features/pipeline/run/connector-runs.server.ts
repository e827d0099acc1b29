/** Runs of connectors as lists show them, with less than what a run's own page needs. */
import { countColumns, countsOf } from "~/features/pipeline/run/open-run.server";
import { type RunCounts, type RunMode, type RunState } from "~/features/pipeline/run/run";
import { besideIn, readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { type Beside } from "~/features/pipeline/subject-beside";
import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

export interface ConnectorRunLine {
  id: string;
  mode: RunMode | null;
  state: RunState;
  counts: RunCounts;
  gone: number;
  /** It reads nothing: what the connector brought goes. */
  takesAway: boolean;
  /** It carries out that what waited stays here as it is. */
  leaves: boolean;
  beside: Beside | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  waitingUntil: string | null;
  problem: string | null;
  isUndone: boolean;
  /** What a brake stopped waits for an answer. */
  asks: boolean;
}

/** In no order. */
export async function listRunsById(scope: Scope, ids: readonly string[]): Promise<ConnectorRunLine[]> {
  if (ids.length === 0) return [];
  return (await lines(scope).where("runs.id", "in", ids).execute()).map(toLine);
}

/** The newest first. */
export async function listRunsOfConnector(
  scope: Scope,
  connectorId: string,
  limit: number,
): Promise<ConnectorRunLine[]> {
  const rows = await lines(scope)
    .where("runs.connector_id", "=", connectorId)
    .orderBy("runs.created_at", "desc")
    .orderBy("runs.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toLine);
}

function lines(scope: Scope) {
  return scope.db
    .selectFrom("runs")
    .leftJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .select(["runs.id", "runs.mode", "runs.state", "runs.created_at", "runs.started_at", "runs.finished_at"])
    .select([
      "runs.waiting_until",
      "runs.problem",
      "runs.gone_count",
      "runs.checkpoint",
      "runs.asking_since",
      "change.undone_at",
      "change.revived_at",
    ])
    .select((eb) => eb.case().when("runs.mode", "=", "answer").then(eb.ref("runs.settings")).end().as("answered"))
    .select(countColumns.map((column) => `runs.${column}` as const))
    .where("runs.account_id", "=", scope.account.id);
}

type LineRow = Awaited<ReturnType<ReturnType<typeof lines>["executeTakeFirstOrThrow"]>>;

function toLine(row: LineRow): ConnectorRunLine {
  const said = row.answered === null ? null : readSourcedSettings(row.answered);
  return {
    ...{ id: row.id, mode: row.mode, state: row.state, counts: countsOf(row), gone: row.gone_count },
    ...{ takesAway: said?.takesAway === true, leaves: said?.follow === false },
    beside: besideIn(row.checkpoint),
    ...{ createdAt: row.created_at, startedAt: row.started_at, finishedAt: row.finished_at },
    ...{ waitingUntil: row.waiting_until, problem: row.problem },
    isUndone: row.undone_at !== null && row.revived_at === null,
    asks: row.asking_since !== null,
  };
}
