/** Comparisons of a reconciliation, as lists and their own pages show them. Figures are read apart: they are much. */
import { readSummary, type RunSummary } from "~/features/reconciliation/figures/run-summary";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface ComparisonLine {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  phase: "waiting" | "transactions" | "orders" | "comparing" | "writing";
  /** The days compared, both in it. */
  firstDay: string;
  lastDay: string;
  /** Read so far. */
  orders: number;
  rows: number;
  findings: number;
  askedAt: string;
  /** Null: its schedule did. */
  askedBy: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  cancelRequestedAt: string | null;
  /** Why it failed, in a sentence, and what to name to whoever runs Tallybook. */
  problem: string | null;
  reference: string | null;
  summary: RunSummary | null;
}

export const COMPARISONS_PAGE = 50;

/** The newest first. `before`: the last one of the page before. */
export async function listComparisons(
  scope: Scope,
  reconciliationId: string,
  before: string | null,
): Promise<{ lines: ComparisonLine[]; next: string | null }> {
  if (scope.ownOnly || !isId(reconciliationId) || (before !== null && !isId(before))) return { lines: [], next: null };
  const rows = await linesOf(scope)
    .where("run.reconciliation_id", "=", reconciliationId)
    .$if(before !== null, (query) => query.where("run.id", "<", before))
    .orderBy("run.id", "desc")
    .limit(COMPARISONS_PAGE + 1)
    .execute();
  const lines = rows.slice(0, COMPARISONS_PAGE).map(lineOf);
  return { lines, next: rows.length > COMPARISONS_PAGE ? (lines.at(-1)?.id ?? null) : null };
}

/** Null: there is none of that reconciliation. */
export async function findComparison(
  scope: Scope,
  reconciliationId: string,
  runId: string,
): Promise<ComparisonLine | null> {
  if (scope.ownOnly || !isId(reconciliationId) || !isId(runId)) return null;
  const row = await linesOf(scope)
    .where("run.reconciliation_id", "=", reconciliationId)
    .where("run.id", "=", runId)
    .executeTakeFirst();
  return row ? lineOf(row) : null;
}

function linesOf(scope: Scope) {
  return scope.db
    .selectFrom("comparison_runs as run")
    .leftJoin("users as asker", "asker.id", "run.asked_by")
    .select(["run.id", "run.state", "run.phase", "run.first_day as firstDay", "run.last_day as lastDay"])
    .select(["run.order_count as orders", "run.row_count as rows", "run.finding_count as findings"])
    .select(["run.asked_at as askedAt", "asker.name as askedBy", "run.started_at as startedAt"])
    .select(["run.finished_at as finishedAt", "run.cancel_requested_at as cancelRequestedAt"])
    .select(["run.problem", "run.problem_reference as reference", "run.summary"])
    .where("run.account_id", "=", scope.account.id);
}

type Row = Awaited<ReturnType<ReturnType<typeof linesOf>["executeTakeFirstOrThrow"]>>;

function lineOf({ summary, ...row }: Row): ComparisonLine {
  return { ...row, summary: readSummary(summary) };
}

export interface LogLine {
  id: string;
  at: string;
  text: string;
}

/** Of one run there are a handful; of one that was begun anew again and again the last ones. */
const LOG_SHOWN = 100;

/** The oldest first. */
export async function comparisonLog(scope: Scope, runId: string): Promise<LogLine[]> {
  if (scope.ownOnly || !isId(runId)) return [];
  const rows = await scope.db
    .selectFrom("comparison_log")
    .select(["id", "at", "text"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .orderBy("id", "desc")
    .limit(LOG_SHOWN)
    .execute();
  return rows.reverse();
}

/** Everything that a run has to say in figures, with what it went by. Null: it has none, or is not there. */
export async function comparisonFigures(scope: Scope, reconciliationId: string, runId: string) {
  if (scope.ownOnly || !isId(reconciliationId) || !isId(runId)) return null;
  const row = await scope.db
    .selectFrom("comparison_runs")
    .select(["first_day", "last_day", "settings", "figures", "hash", "started_at", "finished_at"])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("id", "=", runId)
    .where("state", "=", "done")
    .executeTakeFirst();
  if (!row?.figures) return null;
  return {
    ...{ firstDay: row.first_day, lastDay: row.last_day, startedAt: row.started_at, finishedAt: row.finished_at },
    ...{ hash: row.hash, settings: fromJson<object>(row.settings), figures: fromJson<object>(row.figures) },
  };
}
